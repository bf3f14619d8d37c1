import { type RefObject, useEffect, useRef, useState } from 'react';

interface InPlace {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
  /** For the button that opens. */
  readonly opener: RefObject<HTMLButtonElement | null>;
  /** For what holds the form; give it `tabIndex={-1}`. */
  readonly place: RefObject<HTMLDivElement | null>;
}

const FIELDS = 'input, select, textarea, button, a[href], [tabindex]';

/** A form that stands where its button stood: the focus goes into it, and back to the button when it closes. */
export function useInPlace(): InPlace {
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen === wasOpen.current) return;
    wasOpen.current = isOpen;
    // Whoever has moved on meanwhile is left there.
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    if (isOpen) (firstField(place.current) ?? place.current)?.focus();
    else opener.current?.focus();
  }, [isOpen]);
  return { isOpen, open: () => setOpen(true), close: () => setOpen(false), opener, place };
}

function firstField(place: HTMLElement | null): HTMLElement | undefined {
  if (place === null) return undefined;
  return [...place.querySelectorAll<HTMLElement>(FIELDS)].find(
    (field) => field.tabIndex >= 0 && !field.hasAttribute('disabled'),
  );
}
