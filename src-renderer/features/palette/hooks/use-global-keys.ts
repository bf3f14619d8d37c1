import { useEffect } from 'react';

/** Letters belong to who writes. */
function isWriting(): boolean {
  // Not the event's target: a field passes its keys on to the list below it.
  const field = document.activeElement;
  if (!(field instanceof HTMLElement)) return false;
  return field.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName);
}

/** Ctrl or ⌘ with K opens the palette wherever one is, `?` the list of keys where nobody writes. */
export function useGlobalKeys(openPalette: () => void, openShortcuts: () => void): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
      } else if (event.key === '?' && !isWriting()) openShortcuts();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [openPalette, openShortcuts]);
}
