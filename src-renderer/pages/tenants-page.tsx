import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { Tenant } from '../../src-server/contract/tenants.ts';
import { Button } from '../components/button.tsx';
import { ChosenList } from '../components/chosen-list.tsx';
import { Dialog, DialogButtons } from '../components/dialog.tsx';
import { Bytes } from '../components/moment.tsx';
import { TextField } from '../components/text-field.tsx';
import { useCreateTenant, useTenants } from '../features/iam/api/use-tenants.ts';
import { IamError } from '../features/iam/components/iam-error.tsx';
import { IamFrame } from '../features/iam/components/iam-frame.tsx';
import { LimitFields } from '../features/iam/components/limit-fields.tsx';
import { TenantPanel } from '../features/iam/components/tenant-panel.tsx';
import { limitsOf, NO_LIMITS } from '../features/iam/tenant-draft.ts';
import { t } from '../lib/i18n.ts';

/** Accounts apart from each other: the list left, one of them right. */
export function TenantsPage() {
  const { tenant: chosen } = useSearch({ from: '/frame/people/tenants' });
  const navigate = useNavigate();
  const tenants = useTenants();
  const [isAdding, setAdding] = useState(false);
  const choose = (name: string | undefined) => void navigate({ to: '/people/tenants', search: { tenant: name } });
  const add = (
    <Button look="primary" onPress={() => setAdding(true)}>
      <Plus size={16} aria-hidden="true" /> {t('iam.createTenant')}
    </Button>
  );
  const found = tenants.data?.find(({ name }) => name === chosen);
  return (
    <IamFrame
      action={add}
      query={tenants}
      isEmpty={tenants.data?.length === 0}
      empty={{ title: t('iam.noTenants'), text: t('iam.noTenantsText') }}
      list={
        <ChosenList
          head={[t('iam.name'), t('iam.space'), t('people.buckets'), t('people.people'), t('people.state')]}
          rows={tenants.data ?? []}
          idOf={({ name }) => name}
          chosen={chosen}
          onChoose={choose}
          title={({ name }) => <span className="truncate font-medium">{name}</span>}
          cells={(tenant) => [
            <Space key="space" tenant={tenant} />,
            tenant.buckets,
            tenant.users,
            tenant.state === 'active' ? t('people.active') : t('iam.suspended'),
          ]}
        />
      }
      panel={found !== undefined && <TenantPanel key={found.name} tenant={found} onClose={() => choose(undefined)} />}
    >
      {isAdding && <CreateTenant onClose={() => setAdding(false)} onMade={choose} />}
    </IamFrame>
  );
}

function Space({ tenant: { usedBytes, quotaBytes } }: { readonly tenant: Tenant }) {
  return (
    <span className="whitespace-nowrap">
      <Bytes bytes={usedBytes} />
      {quotaBytes !== null && (
        <>
          {' / '}
          <Bytes bytes={quotaBytes} />
        </>
      )}
    </span>
  );
}

interface CreateTenantProps {
  readonly onClose: () => void;
  readonly onMade: (name: string) => void;
}

function CreateTenant({ onClose, onMade }: CreateTenantProps) {
  const create = useCreateTenant();
  const [name, setName] = useState('');
  const [draft, setDraft] = useState(NO_LIMITS);
  const limits = limitsOf(draft);
  const done = () => {
    onClose();
    onMade(name.trim());
  };
  return (
    <Dialog title={t('iam.createTenant')} isOpen onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && limits !== undefined)
            create.mutate({ name: name.trim(), ...limits }, { onSuccess: done });
        }}
      >
        <TextField label={t('iam.name')} value={name} onChange={setName} autoComplete="off" maxLength={128} autoFocus />
        <LimitFields draft={draft} onChange={setDraft} />
        <IamError error={create.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            look="primary"
            isDisabled={name.trim() === '' || limits === undefined}
            isPending={create.isPending}
          >
            {t('iam.createTenant')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
