import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';

/** Of what an address may point at: it takes the focus, and shows so. Give `id` and `tabIndex={-1}` too. */
export const ANCHOR = 'scroll-mt-4 focus:outline-2 focus:-outline-offset-2 focus:outline-accent';

/** Goes to the part of the page that the address names behind `#`, once it is there. */
export function useAnchor(isReady: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (!isReady || hash === '') return;
    const part = document.getElementById(hash);
    part?.scrollIntoView({ block: 'start' });
    part?.focus({ preventScroll: true });
  }, [isReady, hash]);
}
