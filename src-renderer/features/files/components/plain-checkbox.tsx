interface PlainCheckboxProps {
  readonly label: string;
  readonly isSelected: boolean;
  readonly isIndeterminate?: boolean;
  /** Rows have one stop for Tab together. */
  readonly isInTabOrder?: boolean;
  readonly onToggle: () => void;
}

/** The browser's own checkbox in our looks: a list has thousands of them. */
export function PlainCheckbox({
  label,
  isSelected,
  isIndeterminate = false,
  isInTabOrder = false,
  onToggle,
}: PlainCheckboxProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keeps a press on the box from being one on the row
    <label
      onClick={(event) => event.stopPropagation()}
      className="relative -m-1 flex size-6 items-center justify-center"
    >
      <input
        type="checkbox"
        aria-label={label}
        checked={isSelected}
        ref={(element) => {
          if (element !== null) element.indeterminate = isIndeterminate;
        }}
        tabIndex={isInTabOrder ? 0 : -1}
        onChange={onToggle}
        className="peer size-4 appearance-none rounded-[3px] border border-line-strong bg-surface checked:border-accent checked:bg-accent indeterminate:border-accent indeterminate:bg-accent"
      />
      <span
        aria-hidden="true"
        className="pointer-events-none absolute hidden text-[12px] text-on-accent leading-none peer-checked:block peer-indeterminate:block"
      >
        {isIndeterminate ? '–' : '✓'}
      </span>
    </label>
  );
}
