import { createLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

function Anchor({ className: _className, ...rest }: ComponentProps<'a'>) {
  return (
    <a
      {...rest}
      className="shrink-0 whitespace-nowrap border-transparent border-b-2 pb-2 text-muted hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text"
    />
  );
}

/** A link to a part of a page, marked where one is. */
export const PageTab = createLink(Anchor);

/** The parts of a page, each with an address. */
export function PageTabs({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <nav
      aria-label={label}
      className="flex shrink-0 gap-6 overflow-x-auto px-4 text-body shadow-[inset_0_-1px_0_var(--line)] sm:px-6"
    >
      {children}
    </nav>
  );
}
