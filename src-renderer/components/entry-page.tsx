import type { ReactNode } from 'react';

/** The page of somebody who is not signed in: one question, 400 px. */
export function EntryPage(props: { readonly title: string; readonly text?: ReactNode; readonly children: ReactNode }) {
  return (
    <main className="flex min-h-full flex-col items-center bg-bg px-4 py-12 sm:pt-[18vh]">
      <div className="flex w-full max-w-100 flex-col gap-6">
        <p className="flex items-center gap-2 font-semibold text-section">
          <Mark /> Stowage
        </p>
        <div className="flex flex-col gap-2">
          <h1 className="font-semibold text-title">{props.title}</h1>
          {props.text !== undefined && <p className="text-muted">{props.text}</p>}
        </div>
        {props.children}
      </div>
    </main>
  );
}

/** Three slabs, stowed. */
export function Mark() {
  return (
    <svg aria-hidden="true" width="20" height="20" viewBox="0 0 20 20" className="shrink-0 text-accent">
      <path fill="currentColor" d="M2 3h16v4H2zM2 8.5h10v4H2zM13.500 8.500h4.500v4h-4.500zM2 14h16v3H2z" />
    </svg>
  );
}
