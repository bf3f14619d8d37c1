import { type ReactNode, useId } from 'react';

/** A part of the account's page. */
export function Section(props: { readonly title: string; readonly children: ReactNode; readonly action?: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3 border-line border-t px-4 py-5 sm:px-6">
      <div className="flex min-h-9 max-w-180 flex-wrap items-center gap-2">
        <h2 id={id} className="mr-auto font-semibold text-section">
          {props.title}
        </h2>
        {props.action}
      </div>
      <div className="flex max-w-180 flex-col gap-3">{props.children}</div>
    </section>
  );
}
