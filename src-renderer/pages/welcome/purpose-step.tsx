import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { KeyPair } from '../../../src-server/contract/keys.ts';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/form-error.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useCreateBucket } from '../../features/buckets/api/use-buckets.ts';
import { isBucketName } from '../../features/buckets/bucket-name.ts';
import { PresetChoice, type Purpose } from '../../features/buckets/components/preset-choice.tsx';
import { useCreateOwnKey } from '../../features/connect/api/use-access-key.ts';
import { ImportDialog } from '../../features/settings/components/import-dialog.tsx';
import { WizardButtons } from '../../features/setup/components/wizard-frame.tsx';
import { ApiError } from '../../lib/api.ts';
import { t } from '../../lib/i18n.ts';

const NAMES: Readonly<Record<Purpose, string>> = {
  office: 'office',
  veeam: 'backups',
  restic: 'backups',
  kopia: 'backups',
  duplicati: 'backups',
  app: 'app-data',
  static: 'assets',
  own: 'files',
};

/** What the step made; the purpose tells which program comes first. */
export interface FirstBucket {
  readonly bucket: string;
  readonly key: KeyPair;
  readonly purpose: Purpose;
}

interface PurposeStepProps {
  readonly onBack: () => void;
  readonly onMade: (made: FirstBucket) => void;
  /** A configuration file brought everything along. */
  readonly onImported: () => void;
}

/** What the first bucket is for: makes it, and a key for its programs. */
export function PurposeStep({ onBack, onMade, onImported }: PurposeStepProps) {
  const [purpose, setPurpose] = useState<Purpose>('office');
  // Undefined: the name that the purpose suggests.
  const [typed, setTyped] = useState<string>();
  const createBucket = useCreateBucket();
  const createKey = useCreateOwnKey();
  const name = typed ?? NAMES[purpose];
  const make = async () => {
    if (!isBucketName(name)) return;
    try {
      await createBucket.mutateAsync({ name, ...(purpose === 'own' ? {} : { preset: purpose }) });
    } catch (error) {
      // The page was left after the bucket was made: it is the one that is meant.
      if (!(error instanceof ApiError && error.code === 'BucketAlreadyOwnedByYou')) return;
    }
    createKey.mutate(name, { onSuccess: (key) => onMade({ bucket: name, key, purpose }) });
  };
  return (
    <div className="flex flex-col gap-8">
      <Form
        className="flex flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <PresetChoice label={t('presets.ask')} value={purpose} onChange={setPurpose} />
        <TextField
          label={t('setup.bucketName')}
          hint={t('buckets.nameRule')}
          error={isBucketName(name) ? undefined : t('buckets.nameRule')}
          mono
          value={name}
          onChange={setTyped}
          autoComplete="off"
        />
        <FormError error={createKey.error ?? errorOf(createBucket.error)} />
        <WizardButtons onBack={onBack}>
          <Button type="submit" look="primary" isPending={createBucket.isPending || createKey.isPending}>
            {t('setup.make')}
          </Button>
        </WizardButtons>
      </Form>
      <FromFile onImported={onImported} />
    </div>
  );
}

/** The way of who moves here from another machine. */
function FromFile({ onImported }: { readonly onImported: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t pt-4">
      <p className="min-w-48 flex-1 text-caption text-muted">{t('configuration.haveText')}</p>
      <Button onPress={() => setOpen(true)}>{t('configuration.have')}</Button>
      {isOpen && <ImportDialog onClose={() => setOpen(false)} onApplied={onImported} />}
    </div>
  );
}

function errorOf(error: Error | null): Error | null {
  return error instanceof ApiError && error.code === 'BucketAlreadyOwnedByYou' ? null : error;
}
