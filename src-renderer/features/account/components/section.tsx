import { type ReactNode, useId } from 'react';
import { ANCHOR } from '../../../lib/anchor.ts';

/** A part of the account's page. */
export function Section(props: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** What an address names it by, behind `#`. */
  readonly anchor: string;
}) {
  const id = useId();
  return (
    <section
      id={props.anchor}
      tabIndex={-1}
      aria-labelledby={id}
      className={`${ANCHOR} flex flex-col gap-3 border-line border-t px-4 py-5 sm:px-6`}
    >
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
