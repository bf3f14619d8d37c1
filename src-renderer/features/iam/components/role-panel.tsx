import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { IamRole } from '../../../../src-server/contract/roles.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { PanelSection, SidePanel } from '../../../components/side-panel.tsx';
import { ErrorState, LoadingRows } from '../../../components/states.tsx';
import { TextArea } from '../../../components/text-area.tsx';
import { t } from '../../../lib/i18n.ts';
import { useChangeRole, useDeleteRole, useRole } from '../api/use-roles.ts';
import { spreadOut } from '../templates.ts';
import { DeleteEntity } from './delete-entity.tsx';
import { HolderPoliciesSections } from './holder-policies.tsx';
import { IamError } from './iam-error.tsx';

const SECONDS_PER_HOUR = 3600;

/** Who may take a role, and what it then lets them do. */
export function RolePanel({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const role = useRole(name);
  return (
    <SidePanel title={name} subtitle={role.data?.arn} onClose={onClose}>
      {role.isPending && <LoadingRows />}
      {role.isError && <ErrorState error={role.error} onRetry={() => void role.refetch()} />}
      {role.data !== undefined && (
        <>
          <Trust role={role.data} />
          <HolderPoliciesSections holder={{ kind: 'role', name }} />
          <DeleteRole name={name} onDeleted={onClose} />
        </>
      )}
    </SidePanel>
  );
}

function Trust({ role }: { readonly role: IamRole }) {
  const [isEditing, setEditing] = useState(false);
  return (
    <>
      {role.description !== '' && <p className="px-4 pb-3 text-table">{role.description}</p>}
      <PanelSection
        title={t('iam.trust')}
        action={
          <Button look="link" small onPress={() => setEditing(true)}>
            {t('iam.edit')}
          </Button>
        }
      >
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
          tabIndex={0}
          className="row-focus max-h-60 overflow-auto rounded-control border border-line bg-sunken px-3 py-2 font-mono text-caption"
        >
          {spreadOut(role.trustPolicy)}
        </pre>
        <p className="text-muted">{t('iam.sessionHours', { count: role.maxSessionSeconds / SECONDS_PER_HOUR })}</p>
      </PanelSection>
      {isEditing && <TrustDialog role={role} onClose={() => setEditing(false)} />}
    </>
  );
}

function TrustDialog({ role, onClose }: { readonly role: IamRole; readonly onClose: () => void }) {
  const change = useChangeRole(role.name);
  const [trustPolicy, setTrustPolicy] = useState(spreadOut(role.trustPolicy));
  return (
    <Dialog title={t('iam.trust')} isOpen isWide onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ trustPolicy }, { onSuccess: onClose });
        }}
      >
        <TextArea label={t('iam.document')} value={trustPolicy} onChange={setTrustPolicy} rows={14} />
        <IamError error={change.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={change.isPending}>
            {t('common.save')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

function DeleteRole({ name, onDeleted }: { readonly name: string; readonly onDeleted: () => void }) {
  const remove = useDeleteRole(name);
  return (
    <DeleteEntity
      title={t('iam.deleteRole')}
      text={t('iam.deleteRoleText', { name })}
      remove={remove}
      onDeleted={onDeleted}
    />
  );
}
