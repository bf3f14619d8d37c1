import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Tenant } from '../../../../src-server/contract/tenants.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/confirm-dialog.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { Fact, Facts } from '../../../components/facts.tsx';
import { Moment } from '../../../components/moment.tsx';
import { PanelSection, SidePanel } from '../../../components/side-panel.tsx';
import { formatBytes, formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useChangeTenant } from '../api/use-tenants.ts';
import { draftOf, limitsOf } from '../tenant-draft.ts';
import { IamError } from './iam-error.tsx';
import { LimitFields } from './limit-fields.tsx';
import { QuotaBar } from './quota-bar.tsx';

/** What a tenant has and may have. */
export function TenantPanel({ tenant, onClose }: { readonly tenant: Tenant; readonly onClose: () => void }) {
  const [isEditing, setEditing] = useState(false);
  return (
    <SidePanel title={tenant.name} subtitle={tenant.accountId} onClose={onClose}>
      <div className="px-4 pb-4">
        <Facts>
          <Fact name={t('people.state')}>
            {tenant.state === 'active' ? t('people.active') : t('iam.suspended')}
            {tenant.state === 'suspended' && <span className="block text-muted">{t('iam.suspendedText')}</span>}
          </Fact>
          <Fact name={t('iam.made')}>
            <Moment atMs={tenant.createdAtMs} />
          </Fact>
          <Fact name={t('people.people')}>{tenant.users}</Fact>
        </Facts>
      </div>
      <PanelSection
        title={t('iam.limits')}
        action={
          <Button look="link" small onPress={() => setEditing(true)}>
            {t('iam.editLimits')}
          </Button>
        }
      >
        <Bars tenant={tenant} />
      </PanelSection>
      <Suspend tenant={tenant} />
      {isEditing && <LimitsDialog tenant={tenant} onClose={() => setEditing(false)} />}
    </SidePanel>
  );
}

function Bars({ tenant }: { readonly tenant: Tenant }) {
  const language = useLanguage();
  const bytes = (value: number) => formatBytes(value, language);
  const count = (value: number) => formatCount(value, language);
  const words = (used: number, limit: number | null, say: (value: number) => string) =>
    limit === null
      ? t('iam.withoutLimit', { used: say(used) })
      : t('iam.ofLimit', { used: say(used), limit: say(limit) });
  const { usedBytes, quotaBytes, buckets, maxBuckets, keys, maxKeys } = tenant;
  return (
    <div className="flex flex-col gap-3">
      <QuotaBar label={t('iam.space')} used={usedBytes} limit={quotaBytes} text={words(usedBytes, quotaBytes, bytes)} />
      <QuotaBar
        label={t('people.buckets')}
        used={buckets}
        limit={maxBuckets}
        text={words(buckets, maxBuckets, count)}
      />
      <QuotaBar label={t('people.keys')} used={keys} limit={maxKeys} text={words(keys, maxKeys, count)} />
    </div>
  );
}

function LimitsDialog({ tenant, onClose }: { readonly tenant: Tenant; readonly onClose: () => void }) {
  const change = useChangeTenant(tenant.name);
  const [draft, setDraft] = useState(draftOf(tenant));
  const limits = limitsOf(draft);
  return (
    <Dialog title={t('iam.limitsNamed', { name: tenant.name })} isOpen onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (limits !== undefined) change.mutate(limits, { onSuccess: onClose });
        }}
      >
        <p className="text-muted">{t('iam.limitsText')}</p>
        <LimitFields draft={draft} onChange={setDraft} />
        <IamError error={change.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isDisabled={limits === undefined} isPending={change.isPending}>
            {t('common.save')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

function Suspend({ tenant }: { readonly tenant: Tenant }) {
  const change = useChangeTenant(tenant.name);
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className="flex flex-col gap-2 border-line border-t px-4 py-4">
      <div>
        {tenant.state === 'suspended' ? (
          <Button onPress={() => change.mutate({ state: 'active' })}>{t('iam.resume')}</Button>
        ) : (
          <Button onPress={() => setOpen(true)}>{t('iam.suspend')}</Button>
        )}
      </div>
      {!isOpen && <IamError error={change.error} />}
      <ConfirmDialog
        title={t('iam.suspend')}
        text={t('iam.suspendText', { name: tenant.name })}
        action={t('iam.suspend')}
        isOpen={isOpen}
        isPending={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={() => change.mutate({ state: 'suspended' }, { onSuccess: close })}
      />
    </div>
  );
}
