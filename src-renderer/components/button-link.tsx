import { createLink } from '@tanstack/react-router';
import type { ComponentProps } from 'react';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:brightness-110',
  plain: 'border border-line-strong bg-surface text-text hover:bg-sunken',
  quiet: 'text-text hover:bg-sunken',
} as const;

type AnchorProps = ComponentProps<'a'> & {
  readonly look?: keyof typeof LOOKS;
  /** A square for one icon; give `aria-label`. */
  readonly square?: boolean;
};

function Anchor({ look = 'plain', square = false, className: _className, ...rest }: AnchorProps) {
  const size = square ? 'w-9 justify-center' : 'px-3';
  return (
    <a
      {...rest}
      className={`inline-flex h-9 shrink-0 items-center gap-2 whitespace-nowrap rounded-control font-medium text-body ${size} ${LOOKS[look]}`}
    />
  );
}

/** A link to another page that looks like a button. */
export const ButtonLink = createLink(Anchor);
