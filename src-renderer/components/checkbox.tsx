import { Checkbox as AriaCheckbox } from 'react-aria-components';

interface CheckboxProps {
  readonly 'aria-label'?: string;
  readonly isIndeterminate?: boolean;
  readonly isDisabled?: boolean;
  readonly isSelected?: boolean;
  readonly onChange?: (isSelected: boolean) => void;
  /** `selection` where the row around it says what is selected. */
  readonly slot?: 'selection';
  readonly label?: string;
}

export function Checkbox({ label, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className="group flex min-h-6 min-w-6 items-center gap-2 rounded-control text-body">
      {({ isSelected, isIndeterminate }) => (
        <>
          <span
            aria-hidden="true"
            className={`flex size-4 shrink-0 items-center justify-center rounded-[3px] border text-[12px] leading-none ${isSelected || isIndeterminate ? 'border-accent bg-accent text-on-accent' : 'border-line-strong bg-surface'}`}
          >
            {isIndeterminate ? '–' : isSelected && '✓'}
          </span>
          {label}
        </>
      )}
    </AriaCheckbox>
  );
}
