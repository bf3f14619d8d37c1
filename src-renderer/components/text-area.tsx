import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Label,
} from 'react-aria-components';

interface TextAreaProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly error?: string | undefined;
  readonly rows: number;
}

/** Several lines of what machines read: no spelling is checked, nothing is wrapped. */
export function TextArea({ label, error, rows, ...rest }: TextAreaProps) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} validationBehavior="aria" className="flex flex-col gap-1">
      <Label className="font-medium text-body">{label}</Label>
      <AriaTextArea
        rows={rows}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        className="w-full resize-y rounded-control border border-line-strong bg-surface px-3 py-2 font-mono text-table text-text invalid:border-stopped"
      />
      <FieldError className="text-caption text-stopped">{error}</FieldError>
    </AriaTextField>
  );
}
