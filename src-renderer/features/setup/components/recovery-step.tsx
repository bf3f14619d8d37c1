import { Download, Printer } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { ApiError } from '../../../lib/api.ts';
import { t } from '../../../lib/i18n.ts';
import { useReadRecoveryKit, useSaveRecoveryKit } from '../api/use-wizard.ts';
import { RecoverySheet } from './recovery-sheet.tsx';
import { WizardButtons } from './wizard-frame.tsx';

/** The kit is stored away before anything is encrypted with the key that is in it. */
export function RecoveryStep({ onNext, isMoving }: { readonly onNext: () => void; readonly isMoving: boolean }) {
  const kit = useSaveRecoveryKit();
  const sheet = useReadRecoveryKit();
  // Somebody was here before, and took it.
  const isTaken = [kit.error, sheet.error].some((error) => error instanceof ApiError && error.code === 'NoRecoveryKit');
  const [isPrinted, setPrinted] = useState(false);
  const isSaved = kit.isSuccess || isPrinted || isTaken;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-3 rounded-control border border-line bg-surface px-4 py-3">
        <div className="min-w-48 flex-1">
          <p className="font-medium">{t('setup.kit')}</p>
          <p className="text-caption text-muted">{t('setup.kitIs')}</p>
        </div>
        <Button isPending={sheet.isPending} onPress={() => sheet.mutate()}>
          <Printer size={16} aria-hidden="true" /> {t('setup.sheet')}
        </Button>
        <Button look={isSaved ? 'plain' : 'primary'} isPending={kit.isPending} onPress={() => kit.mutate()}>
          <Download size={16} aria-hidden="true" /> {t('setup.kitSave')}
        </Button>
      </div>
      <p role="status" className="text-muted">
        {isTaken && t('setup.kitTaken')}
        {kit.isSuccess && t('setup.kitSaved')}
      </p>
      {!isTaken && <FormError error={kit.error ?? sheet.error} />}
      {sheet.data !== undefined && (
        <RecoverySheet kit={sheet.data.text} onPrint={() => setPrinted(true)} onClose={() => sheet.reset()} />
      )}
      <WizardButtons>
        <Button look={isSaved ? 'primary' : 'plain'} isPending={isMoving} onPress={onNext}>
          {isSaved ? t('setup.kitNext') : t('setup.kitLater')}
        </Button>
      </WizardButtons>
    </div>
  );
}
