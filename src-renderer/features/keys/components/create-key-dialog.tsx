import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { SelectField } from '../../../components/select-field.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useCreateKey } from '../api/use-keys.ts';
import { type KeyScope, policyOf, sourceIpsOf } from '../key-limits.ts';
import { KeyLimitFields } from './key-limit-fields.tsx';
import { KeySecret } from './key-secret.tsx';

const DAY_MS = 86_400_000;
const LIVES = { never: null, month: 30, quarter: 90, year: 365 } as const;
type Life = keyof typeof LIVES;

interface CreateKeyDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Whose it becomes; undefined: one's own. */
  readonly userName?: string | undefined;
  /** Whom it may be for; asked where there are any. */
  readonly people?: readonly string[] | undefined;
}

/** Asks what a key is for, then shows its secret, once: by then only its button closes it. */
export function CreateKeyDialog({ isOpen, onClose, userName, people }: CreateKeyDialogProps) {
  const create = useCreateKey();
  const close = () => {
    create.reset();
    onClose();
  };
  return (
    <Dialog
      title={create.data === undefined ? t('keys.create') : t('keys.created')}
      isOpen={isOpen}
      onClose={close}
      stays={create.data !== undefined}
    >
      {create.data === undefined ? (
        <CreateKeyForm create={create} userName={userName} people={people} onClose={close} />
      ) : (
        <KeySecret pair={create.data} onDone={close} />
      )}
    </Dialog>
  );
}

interface CreateKeyFormProps extends Pick<CreateKeyDialogProps, 'userName' | 'people' | 'onClose'> {
  readonly create: ReturnType<typeof useCreateKey>;
}

function CreateKeyForm({ create, userName, people = [], onClose }: CreateKeyFormProps) {
  const [label, setLabel] = useState('');
  const [owner, setOwner] = useState(userName ?? people[0] ?? '');
  const [life, setLife] = useState<Life>('never');
  const [scope, setScope] = useState<KeyScope>({ kind: 'all' });
  const [sources, setSources] = useState('');
  const submit = () => {
    const days = LIVES[life];
    const expiresAtMs = days === null ? null : Date.now() + days * DAY_MS;
    const limits = { policy: policyOf(scope), sourceIps: sourceIpsOf(sources) };
    create.mutate({ label: label.trim(), expiresAtMs, ...limits, ...(owner === '' ? {} : { userName: owner }) });
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t('keys.label')}
        hint={t('keys.labelHint')}
        value={label}
        onChange={setLabel}
        maxLength={100}
        autoFocus
      />
      {people.length > 0 && (
        <SelectField
          label={t('keys.for')}
          options={people.map((name) => ({ value: name, label: name }))}
          value={owner}
          onChange={setOwner}
        />
      )}
      <SelectField label={t('keys.expires')} options={lifeOptions()} value={life} onChange={setLife} />
      <KeyLimitFields scope={scope} onScope={setScope} sources={sources} onSources={setSources} />
      <FormError error={create.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={create.isPending}>
          {t('keys.create')}
        </Button>
      </DialogButtons>
    </Form>
  );
}

function lifeOptions(): readonly { readonly value: Life; readonly label: string }[] {
  return [
    { value: 'never', label: t('keys.never') },
    { value: 'month', label: t('keys.days', { count: LIVES.month }) },
    { value: 'quarter', label: t('keys.days', { count: LIVES.quarter }) },
    { value: 'year', label: t('keys.days', { count: LIVES.year }) },
  ];
}
