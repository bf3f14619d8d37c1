import type { ReactNode } from 'react';

/** A word beside an icon in the head of a page: where the head is narrow it is only heard. */
export function WideText({ children }: { readonly children: ReactNode }) {
  return <span className="sr-only @3xl/head:not-sr-only">{children}</span>;
}
