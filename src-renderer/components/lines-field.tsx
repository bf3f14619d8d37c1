import { TextField as AriaTextField, Label, Text, TextArea } from 'react-aria-components';

interface LinesFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
}

/** Several lines of JSON or the like. */
export function LinesField({ label, hint, value, onChange }: LinesFieldProps) {
  return (
    <AriaTextField value={value} onChange={onChange} className="flex flex-col gap-1">
      <Label className="font-medium text-body">{label}</Label>
      <TextArea
        rows={8}
        spellCheck={false}
        className="w-full rounded-control border border-line-strong bg-surface px-3 py-2 font-mono text-caption text-text"
      />
      <Text slot="description" className="text-caption text-muted">
        {hint}
      </Text>
    </AriaTextField>
  );
}
