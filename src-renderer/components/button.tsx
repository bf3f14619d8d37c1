import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:brightness-110',
  plain: 'border border-line-strong bg-surface text-text hover:bg-sunken',
  quiet: 'text-text hover:bg-sunken',
  danger: 'bg-stopped text-on-stopped hover:brightness-110',
} as const;

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style'> {
  readonly look?: keyof typeof LOOKS;
  /** A square for one icon; give `aria-label`. */
  readonly square?: boolean;
  /** As wide as its place. */
  readonly wide?: boolean;
}

/** A button of one of four looks. At most one `primary` on a screen. */
export function Button({ look = 'plain', square = false, wide = false, ...rest }: ButtonProps) {
  const size = square ? 'w-9 justify-center' : 'px-3';
  return (
    <AriaButton
      {...rest}
      className={`inline-flex h-9 shrink-0 cursor-default items-center gap-2 whitespace-nowrap rounded-control font-medium text-body disabled:opacity-50 ${size} ${wide ? 'w-full justify-center' : ''} ${LOOKS[look]}`}
    />
  );
}
