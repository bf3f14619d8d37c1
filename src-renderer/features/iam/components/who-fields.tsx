import { SelectField } from '../../../components/select-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useKeys } from '../../keys/api/use-keys.ts';
import { usePeople } from '../../people/api/use-people.ts';
import { useGroup, useGroups } from '../api/use-groups.ts';
import { useRoles } from '../api/use-roles.ts';

const KINDS = ['user', 'member', 'role', 'key', 'anonymous'] as const;

/** Who is asked about. */
export interface Who {
  readonly kind: (typeof KINDS)[number];
  /** Of a member: the group. */
  readonly group: string;
  readonly name: string;
}

interface WhoFieldsProps {
  readonly who: Who;
  readonly onChange: (who: Who) => void;
}

/** A person, somebody of a group, a role, a key or anybody. */
export function WhoFields({ who, onChange }: WhoFieldsProps) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <SelectField
        label={t('iam.who')}
        options={KINDS.map((value) => ({ value, label: kindName(value) }))}
        value={who.kind}
        onChange={(kind) => onChange({ kind, group: '', name: '' })}
      />
      {who.kind === 'user' && <Person who={who} onChange={onChange} />}
      {who.kind === 'member' && <Member who={who} onChange={onChange} />}
      {who.kind === 'role' && <Role who={who} onChange={onChange} />}
      {who.kind === 'key' && <Key who={who} onChange={onChange} />}
    </div>
  );
}

function kindName(kind: Who['kind']): string {
  switch (kind) {
    case 'user':
      return t('iam.whoPerson');
    case 'member':
      return t('iam.whoMember');
    case 'role':
      return t('iam.whoRole');
    case 'key':
      return t('iam.whoKey');
    case 'anonymous':
      return t('iam.whoAnybody');
  }
}

function choose(options: readonly { readonly value: string; readonly label: string }[]) {
  return [{ value: '', label: t('iam.choose') }, ...options];
}

function Person({ who, onChange }: WhoFieldsProps) {
  const people = usePeople().data?.people ?? [];
  return (
    <SelectField
      label={t('iam.whoPerson')}
      options={choose(people.map(({ name, displayName }) => ({ value: name, label: displayName ?? name })))}
      value={who.name}
      onChange={(name) => onChange({ ...who, name })}
    />
  );
}

function Member({ who, onChange }: WhoFieldsProps) {
  const groups = useGroups().data ?? [];
  return (
    <>
      <SelectField
        label={t('iam.group')}
        options={choose(groups.map(({ name }) => ({ value: name, label: name })))}
        value={who.group}
        onChange={(group) => onChange({ ...who, group, name: '' })}
      />
      {who.group !== '' && <MemberOf who={who} onChange={onChange} />}
    </>
  );
}

function MemberOf({ who, onChange }: WhoFieldsProps) {
  const members = useGroup(who.group).data?.members ?? [];
  return (
    <SelectField
      label={t('iam.member')}
      options={choose(members.map(({ name, displayName }) => ({ value: name, label: displayName ?? name })))}
      value={who.name}
      onChange={(name) => onChange({ ...who, name })}
    />
  );
}

function Role({ who, onChange }: WhoFieldsProps) {
  const roles = useRoles().data?.roles ?? [];
  return (
    <SelectField
      label={t('iam.whoRole')}
      options={choose(roles.map(({ name }) => ({ value: name, label: name })))}
      value={who.name}
      onChange={(name) => onChange({ ...who, name })}
    />
  );
}

function Key({ who, onChange }: WhoFieldsProps) {
  const keys = useKeys('everybody').data ?? [];
  return (
    <SelectField
      label={t('iam.whoKey')}
      options={choose(
        keys.map(({ accessKeyId, label, userName }) => ({
          value: accessKeyId,
          label: `${label === '' ? accessKeyId : label} · ${userName}`,
        })),
      )}
      value={who.name}
      onChange={(name) => onChange({ ...who, name })}
    />
  );
}
