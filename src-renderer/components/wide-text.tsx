import type { ReactNode } from 'react';

/** A word beside an icon that phones have no room for: there it is only heard. */
export function WideText({ children }: { readonly children: ReactNode }) {
  return <span className="sr-only sm:not-sr-only">{children}</span>;
}
