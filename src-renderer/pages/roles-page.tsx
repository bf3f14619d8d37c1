import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { ChosenList } from '../components/chosen-list.tsx';
import { Dialog, DialogButtons } from '../components/dialog.tsx';
import { Moment } from '../components/moment.tsx';
import { TextArea } from '../components/text-area.tsx';
import { TextField } from '../components/text-field.tsx';
import { useCreateRole, useRoles } from '../features/iam/api/use-roles.ts';
import { IamError } from '../features/iam/components/iam-error.tsx';
import { IamFrame } from '../features/iam/components/iam-frame.tsx';
import { RolePanel } from '../features/iam/components/role-panel.tsx';
import { trustAccount } from '../features/iam/templates.ts';
import { t } from '../lib/i18n.ts';

/** Roles that programs and people take for a while: the list left, one of them right. */
export function RolesPage() {
  const { role } = useSearch({ from: '/frame/people/roles' });
  const navigate = useNavigate();
  const roles = useRoles();
  const [isAdding, setAdding] = useState(false);
  const choose = (name: string | undefined) => void navigate({ to: '/people/roles', search: { role: name } });
  const add = (
    <Button look="primary" isDisabled={roles.data === undefined} onPress={() => setAdding(true)}>
      <Plus size={16} aria-hidden="true" /> {t('iam.createRole')}
    </Button>
  );
  return (
    <IamFrame
      action={add}
      query={roles}
      isEmpty={roles.data?.roles.length === 0}
      empty={{ title: t('iam.noRoles'), text: t('iam.noRolesText') }}
      list={
        <ChosenList
          head={[t('iam.name'), t('iam.made')]}
          rows={roles.data?.roles ?? []}
          idOf={({ name }) => name}
          chosen={role}
          onChoose={choose}
          title={({ name, description }) => (
            <>
              <span className="truncate font-medium">{name}</span>
              <span className="hidden truncate text-caption text-muted sm:inline">{description}</span>
            </>
          )}
          cells={({ createdAtMs }) => [<Moment key="made" atMs={createdAtMs} />]}
        />
      }
      panel={role !== undefined && <RolePanel key={role} name={role} onClose={() => choose(undefined)} />}
    >
      {isAdding && (
        <CreateRole accountId={roles.data?.accountId ?? ''} onClose={() => setAdding(false)} onMade={choose} />
      )}
    </IamFrame>
  );
}

interface CreateRoleProps {
  readonly accountId: string;
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
}

function CreateRole({ accountId, onClose, onMade }: CreateRoleProps) {
  const create = useCreateRole();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [trustPolicy, setTrustPolicy] = useState(trustAccount(accountId));
  const done = () => {
    onClose();
    onMade(name.trim());
  };
  return (
    <Dialog title={t('iam.createRole')} isOpen isWide onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') create.mutate({ name: name.trim(), description, trustPolicy }, { onSuccess: done });
        }}
      >
        <TextField
          label={t('iam.name')}
          hint={t('iam.nameHint')}
          value={name}
          onChange={setName}
          autoComplete="off"
          autoFocus
        />
        <TextField
          label={t('iam.description')}
          value={description}
          onChange={setDescription}
          autoComplete="off"
          maxLength={1000}
        />
        <TextArea label={t('iam.trust')} value={trustPolicy} onChange={setTrustPolicy} rows={12} />
        <IamError error={create.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={create.isPending} isDisabled={name.trim() === ''}>
            {t('iam.createRole')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
