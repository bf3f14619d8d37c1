import { useNavigate, useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../components/button.tsx';
import { ChosenList } from '../components/chosen-list.tsx';
import { Dialog, DialogButtons } from '../components/dialog.tsx';
import { TextField } from '../components/text-field.tsx';
import { useCreatePolicy, usePolicies } from '../features/iam/api/use-policies.ts';
import { IamError } from '../features/iam/components/iam-error.tsx';
import { IamFrame } from '../features/iam/components/iam-frame.tsx';
import { PolicyFields } from '../features/iam/components/policy-fields.tsx';
import { PolicyPanel } from '../features/iam/components/policy-panel.tsx';
import { fillTemplate } from '../features/iam/templates.ts';
import { t } from '../lib/i18n.ts';

/** Policies that can be attached: the list left, one of them right. */
export function PoliciesPage() {
  const { arn } = useSearch({ from: '/frame/people/policies' });
  const navigate = useNavigate();
  const policies = usePolicies();
  const [isAdding, setAdding] = useState(false);
  const choose = (chosen: string | undefined) => void navigate({ to: '/people/policies', search: { arn: chosen } });
  const add = (
    <Button look="primary" onPress={() => setAdding(true)}>
      <Plus size={16} aria-hidden="true" /> {t('iam.createPolicy')}
    </Button>
  );
  // One's own first: those that come with the product are always the same.
  const rows = [...(policies.data ?? [])].sort((a, b) => Number(a.isBuiltIn) - Number(b.isBuiltIn));
  return (
    <IamFrame
      action={add}
      query={policies}
      isEmpty={policies.data?.length === 0}
      empty={{ title: t('iam.noPolicies'), text: t('iam.noPoliciesText') }}
      list={
        <ChosenList
          head={[t('iam.name'), t('iam.uses'), t('iam.origin')]}
          rows={rows}
          idOf={(policy) => policy.arn}
          chosen={arn}
          onChoose={choose}
          title={({ name, description }) => (
            <>
              <span className="truncate font-medium">{name}</span>
              <span className="hidden truncate text-caption text-muted sm:inline">{description}</span>
            </>
          )}
          cells={({ uses, isBuiltIn }) => [uses, isBuiltIn ? t('iam.builtIn') : t('iam.yours')]}
        />
      }
      panel={arn !== undefined && <PolicyPanel key={arn} arn={arn} onClose={() => choose(undefined)} />}
    >
      {isAdding && <CreatePolicy onClose={() => setAdding(false)} onMade={choose} />}
    </IamFrame>
  );
}

interface CreatePolicyProps {
  readonly onClose: () => void;
  readonly onMade: (arn: string) => void;
}

function CreatePolicy({ onClose, onMade }: CreatePolicyProps) {
  const create = useCreatePolicy();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [document, setDocument] = useState(fillTemplate('readAll', { bucket: '', network: '' }));
  const done = ({ arn }: { readonly arn: string }) => {
    onClose();
    onMade(arn);
  };
  return (
    <Dialog title={t('iam.createPolicy')} isOpen isWide onClose={onClose}>
      <Form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') create.mutate({ name: name.trim(), description, document }, { onSuccess: done });
        }}
      >
        <div className="grid gap-3 sm:grid-cols-2">
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
        </div>
        <PolicyFields
          document={document}
          onChange={(changed) => {
            create.reset();
            setDocument(changed);
          }}
        />
        <IamError error={create.error} />
        <DialogButtons>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" isPending={create.isPending} isDisabled={name.trim() === ''}>
            {t('iam.createPolicy')}
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
