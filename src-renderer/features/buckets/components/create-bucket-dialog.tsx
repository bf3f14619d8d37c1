import { useState } from 'react';
import { Form } from 'react-aria-components';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { Dialog, DialogButtons } from '../../../components/dialog.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t } from '../../../lib/i18n.ts';
import { useCreateBucket } from '../api/use-buckets.ts';
import { isBucketName } from '../bucket-name.ts';
import { type ImmutableDraft, isImmutableDraft, lockFor, NOT_IMMUTABLE } from '../immutable.ts';
import { ImmutableChoice } from './immutable-choice.tsx';
import { PresetChoice, type Purpose } from './preset-choice.tsx';

export function CreateBucketDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Dialog title={t('buckets.create')} isOpen={isOpen} onClose={onClose}>
      <CreateBucketForm onClose={onClose} />
    </Dialog>
  );
}

function CreateBucketForm({ onClose }: { readonly onClose: () => void }) {
  const create = useCreateBucket();
  const [given, setGiven] = useState({ name: '', versioning: true, encryption: true });
  const [purpose, setPurpose] = useState<Purpose>('office');
  const [immutable, setImmutable] = useState<ImmutableDraft>(NOT_IMMUTABLE);
  const [tried, setTried] = useState(false);
  const isName = isBucketName(given.name);
  const submit = () => {
    setTried(true);
    const { name, versioning, encryption } = given;
    const own = { versioning, encryption: encryption ? ('AES256' as const) : ('off' as const) };
    const settings = purpose === 'own' ? own : { preset: purpose, ...lockFor(purpose, immutable) };
    if (isName && isImmutableDraft(purpose, immutable)) create.mutate({ name, ...settings }, { onSuccess: onClose });
  };
  const set = (part: Partial<typeof given>) => setGiven((old) => ({ ...old, ...part }));
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t('buckets.name')}
        hint={t('buckets.nameRule')}
        error={tried && !isName ? t('buckets.nameRule') : undefined}
        value={given.name}
        onChange={(name) => set({ name })}
        mono
        autoFocus
        autoComplete="off"
      />
      <PresetChoice label={t('presets.ask')} value={purpose} onChange={setPurpose} withOwn />
      {(purpose === 'restic' || purpose === 'kopia') && (
        <ImmutableChoice program={purpose} value={immutable} onChange={setImmutable} />
      )}
      {purpose === 'own' && (
        <div className="flex flex-col gap-1 rounded-control bg-sunken px-3 py-2">
          <Checkbox
            isSelected={given.versioning}
            onChange={(versioning) => set({ versioning })}
            label={t('buckets.keepVersions')}
          />
          <Checkbox
            isSelected={given.encryption}
            onChange={(encryption) => set({ encryption })}
            label={t('presets.encrypt')}
          />
        </div>
      )}
      <FormError error={create.error} />
      <DialogButtons>
        <Button onPress={onClose}>{t('common.cancel')}</Button>
        <Button type="submit" look="primary" isPending={create.isPending}>
          {t('buckets.create')}
        </Button>
      </DialogButtons>
    </Form>
  );
}
