import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { ChosenList } from '../components/chosen-list.tsx';
import { Dialog, DialogButtons } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { useCreateGroup, useGroups } from '../features/iam/api/use-groups.ts';
import { GroupPanel } from '../features/iam/components/group-panel.tsx';
import { IamError } from '../features/iam/components/iam-error.tsx';
import { IamFrame } from '../features/iam/components/iam-frame.tsx';
import { t } from '../lib/i18n.ts';

/** The groups of the account: the list left, one of them right. */
export function GroupsPage() {
  const { group } = useSearch({ from: '/frame/people/groups' });
  const navigate = useNavigate();
  const groups = useGroups();
  const [isAdding, setAdding] = useState(false);
  const choose = (name: string | undefined) => void navigate({ to: '/people/groups', search: { group: name } });
  const add = (
    <Button look="primary" onPress={() => setAdding(true)}>
      <Plus size={16} aria-hidden="true" /> {t('iam.createGroup')}
    </Button>
  );
  return (
    <IamFrame
      action={add}
      query={groups}
      isEmpty={groups.data?.length === 0}
      empty={{ title: t('iam.noGroups'), text: t('iam.noGroupsText') }}
      list={
        <ChosenList
          head={[t('iam.name'), t('iam.members'), t('iam.policies')]}
          rows={groups.data ?? []}
          idOf={({ name }) => name}
          chosen={group}
          onChoose={choose}
          title={({ name }) => <span className="truncate font-medium">{name}</span>}
          cells={({ members, policies }) => [members, policies]}
        />
      }
      panel={group !== undefined && <GroupPanel key={group} name={group} onClose={() => choose(undefined)} />}
    >
      {isAdding && <CreateGroup onClose={() => setAdding(false)} onMade={choose} />}
    </IamFrame>
  );
}

interface CreateGroupProps {
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
}

function CreateGroup({ onClose, onMade }: CreateGroupProps) {
  const create = useCreateGroup();
  const [name, setName] = useState('');
  const done = () => {
    onClose();
    onMade(name.trim());
  };
  return (
    <Dialog title={t('iam.createGroup')} isOpen onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') create.mutate(name.trim(), { onSuccess: done });
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
        <IamError error={create.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={create.isPending} isDisabled={name.trim() === ''}>
            {t('iam.createGroup')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
