import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { PolicyDetails } from '../../../../src-server/contract/policies.ts';
import { Button } from '../../../components/button.tsx';
import { PanelSection, SidePanel } from '../../../components/side-panel.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { useDeletePolicy, usePolicy } from '../api/use-policies.ts';
import { spreadOut } from '../templates.ts';
import { DeleteEntity } from './delete-entity.tsx';
import { PolicyVersionDialog } from './policy-version-dialog.tsx';
import { PolicyVersions } from './policy-versions.tsx';

/** What a policy says, its versions and who uses it. */
export function PolicyPanel({ arn, onClose }: { readonly arn: string; readonly onClose: () => void }) {
  const policy = usePolicy(arn);
  return (
    <SidePanel title={arn.slice(arn.lastIndexOf('/') + 1)} subtitle={arn} onClose={onClose}>
      {policy.isPending && <LoadingRows />}
      {policy.isError && <ErrorState error={policy.error} onRetry={() => void policy.refetch()} />}
      {policy.data !== undefined && <Details details={policy.data} onDeleted={onClose} />}
    </SidePanel>
  );
}

function Details({ details, onDeleted }: { readonly details: PolicyDetails; readonly onDeleted: () => void }) {
  const { policy, versions, usedBy } = details;
  const [isEditing, setEditing] = useState(false);
  const current = versions.find(({ version }) => version === policy.defaultVersion)?.document ?? '';
  return (
    <>
      {policy.description !== '' && <p className="px-4 pb-3 text-table">{policy.description}</p>}
      <PanelSection
        title={t('iam.document')}
        action={
          !policy.isBuiltIn && (
            <Button look="link" small onPress={() => setEditing(true)}>
              {t('iam.edit')}
            </Button>
          )
        }
      >
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
          tabIndex={0}
          className="row-focus max-h-80 overflow-auto rounded-control border border-line bg-sunken px-3 py-2 font-mono text-caption"
        >
          {spreadOut(current)}
        </pre>
        {policy.isBuiltIn && <p className="text-muted">{t('iam.builtInText')}</p>}
      </PanelSection>
      <PanelSection title={t('iam.usedBy')}>
        {usedBy.length === 0 && <p className="text-muted">{t('iam.unused')}</p>}
        {usedBy.map((user) => (
          <UsedBy key={`${user.kind} ${user.name} ${user.asBoundary}`} user={user} />
        ))}
      </PanelSection>
      {!policy.isBuiltIn && <PolicyVersions details={details} />}
      {!policy.isBuiltIn && <DeletePolicy arn={policy.arn} name={policy.name} onDeleted={onDeleted} />}
      {isEditing && <PolicyVersionDialog arn={policy.arn} document={current} onClose={() => setEditing(false)} />}
    </>
  );
}

function UsedBy({ user: { kind, name, asBoundary } }: { readonly user: PolicyDetails['usedBy'][number] }) {
  const look = 'text-accent [overflow-wrap:anywhere] hover:underline';
  return (
    <p className="flex flex-wrap gap-x-2">
      {kind === 'user' && (
        <Link to="/people" search={{ who: name }} className={look}>
          {name}
        </Link>
      )}
      {kind === 'group' && (
        <Link to="/people/groups" search={{ group: name }} className={look}>
          {name}
        </Link>
      )}
      {kind === 'role' && (
        <Link to="/people/roles" search={{ role: name }} className={look}>
          {name}
        </Link>
      )}
      <span className="text-muted">
        {kind === 'user' ? t('iam.kindUser') : kind === 'group' ? t('iam.kindGroup') : t('iam.kindRole')}
        {asBoundary && ` · ${t('iam.asBoundary')}`}
      </span>
    </p>
  );
}

interface DeletePolicyProps {
  readonly arn: string;
  readonly name: string;
  readonly onDeleted: () => void;
}

function DeletePolicy({ arn, name, onDeleted }: DeletePolicyProps) {
  const remove = useDeletePolicy(arn);
  return (
    <DeleteEntity
      title={t('iam.deletePolicy')}
      text={t('iam.deletePolicyText', { name })}
      remove={remove}
      onDeleted={onDeleted}
    />
  );
}
