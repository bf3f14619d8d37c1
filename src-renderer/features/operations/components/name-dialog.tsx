import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';

interface NameDialogProps {
  readonly title: string;
  /** Of the button. */
  readonly action: string;
  readonly name: string;
  readonly isOpen: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onClose: () => void;
  /** A name that a file or folder can have. */
  readonly onName: (name: string) => void;
}

/** Asks for a name, for renaming and for new folders. */
export function NameDialog({ title, isOpen, onClose, ...form }: NameDialogProps) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose}>
      <NameForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function NameForm(props: Omit<NameDialogProps, 'title' | 'isOpen'>) {
  const [name, setName] = useState(props.name);
  const [tried, setTried] = useState(false);
  const isValid = name.trim() !== '' && !name.includes('/');
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isValid && name !== props.name) props.onName(name);
      }}
    >
      <TextField
        label={t('files.name')}
        value={name}
        onChange={setName}
        error={tried && !isValid ? t('operations.nameRule') : undefined}
        autoFocus
        autoComplete="off"
        onFocus={selectStem}
      />
      <FormError error={props.error} />
      <DialogButtons>
        <Button onPress={props.onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={props.isPending} isDisabled={name === props.name}>
          {props.action}
        </Button>
      </DialogButtons>
    </Form>
  );
}

/** What is before the ending is what people mean to change. */
function selectStem({ target }: { readonly target: Element }): void {
  if (!(target instanceof HTMLInputElement)) return;
  const dot = target.value.lastIndexOf('.');
  target.setSelectionRange(0, dot > 0 ? dot : target.value.length);
}
