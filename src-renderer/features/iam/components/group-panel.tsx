import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import type { GroupDetails } from '../../../../src-server/contract/groups.ts';
import { Button } from '../../../components/button.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { PanelSection, SidePanel } from '../../../components/side-panel.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { usePeople } from '../../people/api/use-people.ts';
import { useAddMember, useDeleteGroup, useGroup, useRemoveMember } from '../api/use-groups.ts';
import { DeleteEntity } from './delete-entity.tsx';
import { HolderPoliciesSections } from './holder-policies.tsx';
import { IamError } from './iam-error.tsx';

/** Who is in a group and what its policies say. */
export function GroupPanel({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const group = useGroup(name);
  return (
    <SidePanel title={name} subtitle={group.data?.arn} onClose={onClose}>
      {group.isPending && <LoadingRows />}
      {group.isError && <ErrorState error={group.error} onRetry={() => void group.refetch()} />}
      {group.data !== undefined && (
        <>
          <Members group={group.data} />
          <HolderPoliciesSections holder={{ kind: 'group', name }} />
          <DeleteGroup name={name} onDeleted={onClose} />
        </>
      )}
    </SidePanel>
  );
}

const NOBODY = '';

function Members({ group: { name, members } }: { readonly group: GroupDetails }) {
  const people = usePeople().data?.people ?? [];
  const add = useAddMember(name);
  const remove = useRemoveMember(name);
  const others = people.filter((person) => members.every((member) => member.name !== person.name));
  return (
    <PanelSection title={t('iam.members')}>
      {members.length === 0 && <p className="text-muted">{t('iam.noMembers')}</p>}
      {members.map((member) => (
        <div key={member.name} className="flex items-center gap-2">
          <Link
            to="/people"
            search={{ who: member.name }}
            className="min-w-0 flex-1 text-accent [overflow-wrap:anywhere] hover:underline"
          >
            {member.displayName ?? member.name}
          </Link>
          <Button
            look="quiet"
            small
            square
            aria-label={t('iam.removeMember', { name: member.name })}
            onPress={() => remove.mutate(member.name)}
          >
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ))}
      <SelectField
        label={t('iam.addMember')}
        options={[
          { value: NOBODY, label: t('iam.choose') },
          ...others.map((person) => ({ value: person.name, label: person.displayName ?? person.name })),
        ]}
        value={NOBODY}
        onChange={(user) => user !== NOBODY && add.mutate(user)}
      />
      <IamError error={add.error ?? remove.error} />
    </PanelSection>
  );
}

function DeleteGroup({ name, onDeleted }: { readonly name: string; readonly onDeleted: () => void }) {
  const remove = useDeleteGroup(name);
  return (
    <DeleteEntity
      title={t('iam.deleteGroup')}
      text={t('iam.deleteGroupText', { name })}
      remove={remove}
      onDeleted={onDeleted}
    />
  );
}
