import { useEffect } from 'react';

/** Letters belong to who writes; a dialog keeps its keys. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** Ctrl or ⌘ with K opens the palette wherever one is, `?` the list of keys where nobody writes. */
export function useGlobalKeys(openPalette: () => void, openShortcuts: () => void): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        openPalette();
      } else if (event.key === '?' && !isBusy(event.target)) openShortcuts();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [openPalette, openShortcuts]);
}
