import type { ReactNode } from 'react';

/** Title of a page and what can be done on it. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <header className="@container/head flex min-h-18 shrink-0 flex-wrap items-center gap-2 px-4 pt-5 pb-4 sm:px-6">
      <h1 className="mr-auto min-w-0 truncate font-semibold text-title">{title}</h1>
      {children}
    </header>
  );
}
