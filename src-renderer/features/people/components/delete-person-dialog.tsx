import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Person } from '../../../../src-server/contract/people.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useDeletePerson } from '../api/use-people.ts';

interface DeletePersonDialogProps {
  readonly person: Person;
  /** Who could have the buckets. */
  readonly heirs: readonly string[];
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Asks for the name, and who has the buckets from then on. */
export function DeletePersonDialog(props: DeletePersonDialogProps) {
  return (
    <Dialog title={t('people.delete')} isOpen={props.isOpen} onClose={props.onClose}>
      <DeletePersonForm {...props} />
    </Dialog>
  );
}

function DeletePersonForm({ person, heirs, onClose, onDeleted }: DeletePersonDialogProps) {
  const remove = useDeletePerson(person.name);
  const [typed, setTyped] = useState('');
  const [heir, setHeir] = useState(heirs[0] ?? '');
  const ownsBuckets = person.buckets > 0;
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === person.name) remove.mutate(ownsBuckets ? heir : undefined, { onSuccess: onDeleted });
      }}
    >
      <p className="break-words text-muted">{t('people.deleteText', { name: person.name })}</p>
      {ownsBuckets && (
        <SelectField
          label={t('people.handOver', { count: person.buckets })}
          options={heirs.map((name) => ({ value: name, label: name }))}
          value={heir}
          onChange={setHeir}
          hint={t('people.handOverHint')}
        />
      )}
      <TextField
        label={t('people.typeName', { name: person.name })}
        value={typed}
        onChange={setTyped}
        mono
        autoComplete="off"
      />
      <FormError error={remove.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="danger" isDisabled={typed !== person.name} isPending={remove.isPending}>
          {t('people.delete')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
