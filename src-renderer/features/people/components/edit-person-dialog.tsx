import { useState } from 'react';
import { Form } from 'react-aria-components';
import { type Person, updatePersonSchema } from '../../../../src-server/contract/people.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangePerson } from '../api/use-people.ts';
import { roleChoices } from '../words.ts';

interface EditPersonDialogProps {
  readonly person: Person;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Name, e-mail and role; nobody's own role. */
export function EditPersonDialog(props: EditPersonDialogProps) {
  return (
    <Dialog title={t('people.editNamed', { name: props.person.name })} isOpen={props.isOpen} onClose={props.onClose}>
      <EditPersonForm {...props} />
    </Dialog>
  );
}

function EditPersonForm({ person, onClose }: EditPersonDialogProps) {
  const change = useChangePerson(person.name);
  const [displayName, setDisplayName] = useState(person.displayName ?? '');
  const [email, setEmail] = useState(person.email ?? '');
  const [role, setRole] = useState(person.role);
  const checked = updatePersonSchema.safeParse({
    displayName: displayName.trim() === '' ? null : displayName.trim(),
    email: email.trim() === '' ? null : email.trim(),
    ...(role === person.role ? {} : { role }),
  });
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.success) change.mutate(checked.data, { onSuccess: onClose });
      }}
    >
      <TextField
        label={t('people.displayName')}
        value={displayName}
        onChange={setDisplayName}
        autoComplete="off"
        autoFocus
      />
      <TextField
        label={t('people.email')}
        error={checked.success ? undefined : t('people.emailRule')}
        value={email}
        onChange={setEmail}
        autoComplete="off"
      />
      {!person.isYou && (
        <ChoiceGroup label={t('people.role')} choices={roleChoices()} value={role} onChange={setRole} />
      )}
      <FormError error={change.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={change.isPending}>
          {t('common.save')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
