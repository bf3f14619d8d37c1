import type { ReactNode } from 'react';
import { Label, Radio, RadioGroup } from 'react-aria-components';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What it means, in a sentence. */
  readonly text?: ReactNode;
}

interface ChoiceGroupProps<T extends string> {
  readonly label: string;
  readonly choices: readonly Choice<T>[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** In one row that wraps, without sentences. */
  readonly inRow?: boolean;
}

/** One of a few, each with a sentence. */
export function ChoiceGroup<T extends string>({ label, choices, value, onChange, inRow = false }: ChoiceGroupProps<T>) {
  const choose = (chosen: string) => {
    const found = choices.find((choice) => choice.value === chosen);
    if (found !== undefined) onChange(found.value);
  };
  return (
    <RadioGroup value={value} onChange={choose} className="flex flex-col gap-1">
      <Label className="font-medium text-body">{label}</Label>
      <div className={inRow ? 'flex flex-wrap gap-x-4' : 'flex flex-col'}>
        {choices.map((choice) => (
          <Radio
            key={choice.value}
            value={choice.value}
            className="focus-mark flex min-h-8 cursor-default items-start gap-2 rounded-control py-1 text-body"
          >
            {({ isSelected }) => (
              <>
                <span
                  aria-hidden="true"
                  className={`mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border bg-surface ${isSelected ? 'border-accent' : 'border-line-strong'}`}
                >
                  {isSelected && <span className="size-2 rounded-full bg-accent" />}
                </span>
                <span className="flex min-w-0 flex-col">
                  <span className={isSelected ? 'font-medium' : undefined}>{choice.label}</span>
                  {choice.text !== undefined && <span className="text-caption text-muted">{choice.text}</span>}
                </span>
              </>
            )}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
