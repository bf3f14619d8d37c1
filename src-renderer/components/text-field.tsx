import type { ReactNode } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from 'react-aria-components';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** Keys, names of buckets, tokens. */
  readonly mono?: boolean;
}

export function TextField({ label, hint, error, mono = false, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} validationBehavior="aria" className="flex flex-col gap-1">
      <Label className="font-medium text-body">{label}</Label>
      <Input
        className={`h-9 w-full rounded-control border border-line-strong bg-surface px-3 text-body text-text invalid:border-stopped ${mono ? 'font-mono' : ''}`}
      />
      {hint !== undefined && error === undefined && (
        <Text slot="description" className="text-caption text-muted">
          {hint}
        </Text>
      )}
      <FieldError className="text-caption text-stopped">{error}</FieldError>
    </AriaTextField>
  );
}
