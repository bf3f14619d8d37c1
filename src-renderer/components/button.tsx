import type { Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:brightness-110',
  plain: 'border border-line-strong bg-surface text-text hover:bg-sunken',
  quiet: 'text-text hover:bg-sunken',
  chosen: 'bg-accent-soft text-text hover:brightness-95',
  link: 'text-accent hover:bg-sunken',
  danger: 'bg-stopped text-on-stopped hover:brightness-110',
} as const;

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  readonly look?: keyof typeof LOOKS;
  /** A square for one icon; give `aria-label`. */
  readonly square?: boolean;
  /** 28 px instead of 36: beside text of a list or panel. */
  readonly small?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  /** As wide as its place. */
  readonly wide?: boolean;
}

/** A button of one of these looks. At most one `primary` on a screen. */
export function Button({ look = 'plain', square = false, small = false, wide = false, ...rest }: ButtonProps) {
  const height = small ? 'h-7 text-table' : 'h-9 text-body';
  const width = square ? `${small ? 'w-7' : 'w-9'} justify-center` : small ? 'px-2' : 'px-3';
  return (
    <AriaButton
      {...rest}
      className={`inline-flex shrink-0 cursor-default items-center gap-2 whitespace-nowrap rounded-control font-medium disabled:opacity-50 ${height} ${width} ${wide ? 'w-full justify-center' : ''} ${LOOKS[look]}`}
    />
  );
}
