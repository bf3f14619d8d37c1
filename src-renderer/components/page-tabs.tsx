import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

function Anchor({ className: _className, ...rest }: ComponentProps<'a'>) {
  return (
    <a
      {...rest}
      className="-mb-px border-transparent border-b-2 pb-2 text-muted hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text"
    />
  );
}

/** A link to a part of a page, marked where one is. */
export const PageTab = createLink(Anchor);

/** The parts of a page, each with an address. */
export function PageTabs({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav aria-label={label} className="flex gap-6 border-line border-b px-4 text-body sm:px-6">
      {children}
    </nav>
  );
}
