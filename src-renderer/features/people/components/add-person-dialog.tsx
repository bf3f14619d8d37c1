import { useState } from 'react';
import { Form } from 'react-aria-components';
import { createPersonSchema, type Person } from '../../../../src-server/contract/people.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useAddPerson } from '../api/use-people.ts';
import { roleChoices } from '../words.ts';
import { PasswordLinkView } from './password-link-view.tsx';

interface AddPersonDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** That the new user can be put into. */
  readonly tenants: readonly string[];
}

/** Name and role, then the link to send. */
export function AddPersonDialog({ isOpen, onClose, tenants }: AddPersonDialogProps) {
  const add = useAddPerson();
  const link = add.data?.link;
  const close = () => {
    add.reset();
    onClose();
  };
  return (
    <Dialog
      title={link ? t('people.invitedNamed', { name: add.data?.name ?? '' }) : t('people.invite')}
      isOpen={isOpen}
      onClose={close}
      stays={link != null}
    >
      {link ? (
        <PasswordLinkView link={link} onDone={close} />
      ) : (
        <AddPersonForm add={add} tenants={tenants} onClose={close} />
      )}
    </Dialog>
  );
}

interface AddPersonFormProps extends Pick<AddPersonDialogProps, 'tenants' | 'onClose'> {
  readonly add: ReturnType<typeof useAddPerson>;
}

const NO_TENANT = '';

function AddPersonForm({ add, tenants, onClose }: AddPersonFormProps) {
  const [given, setGiven] = useState({ name: '', displayName: '', email: '', tenant: NO_TENANT });
  const [role, setRole] = useState<Person['role']>('user');
  const [tried, setTried] = useState(false);
  const checked = createPersonSchema.safeParse({
    name: given.name.trim(),
    role,
    displayName: given.displayName.trim() === '' ? null : given.displayName.trim(),
    email: given.email.trim() === '' ? null : given.email.trim(),
    ...(given.tenant === NO_TENANT ? {} : { tenant: given.tenant }),
  });
  const isWrong = (field: string) =>
    tried && !checked.success && checked.error.issues.some((issue) => issue.path[0] === field);
  const set = (field: keyof typeof given) => (value: string) => setGiven((old) => ({ ...old, [field]: value }));
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (checked.success) add.mutate(checked.data);
      }}
    >
      <TextField
        label={t('people.userName')}
        hint={t('people.userNameHint')}
        error={isWrong('name') ? t('claim.nameRule') : undefined}
        value={given.name}
        onChange={set('name')}
        autoComplete="off"
        autoFocus
      />
      <TextField
        label={t('people.displayName')}
        value={given.displayName}
        onChange={set('displayName')}
        autoComplete="off"
      />
      <TextField
        label={t('people.email')}
        error={isWrong('email') ? t('people.emailRule') : undefined}
        value={given.email}
        onChange={set('email')}
        autoComplete="off"
      />
      <ChoiceGroup label={t('people.role')} choices={roleChoices()} value={role} onChange={setRole} />
      {tenants.length > 0 && (
        <SelectField
          label={t('people.tenant')}
          options={[
            { value: NO_TENANT, label: t('people.noTenant') },
            ...tenants.map((name) => ({ value: name, label: name })),
          ]}
          value={given.tenant}
          onChange={set('tenant')}
        />
      )}
      <FormError error={add.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={add.isPending}>
          {t('people.makeLink')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
