import { Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { WizardState, WizardStep } from '../../src-server/contract/setup-wizard.ts';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { toast } from '../components/toast.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { useEndWizard, useMoveWizard, useWizard } from '../features/setup/api/use-wizard.ts';
import { DisksStep } from '../features/setup/components/disks-step.tsx';
import { RecoveryStep } from '../features/setup/components/recovery-step.tsx';
import { WizardFrame } from '../features/setup/components/wizard-frame.tsx';
import { errorText } from '../lib/error-text.ts';
import { t } from '../lib/i18n.ts';
import { useLiveEvents } from '../lib/live-events.ts';
import { DoneStep } from './welcome/done-step.tsx';
import { type FirstBucket, PurposeStep } from './welcome/purpose-step.tsx';

/** The rest of the setup, after the claim: one question a page, to be left and taken up again. */
export function WelcomePage() {
  const session = useSession();
  const wizard = useWizard();
  useLiveEvents(session.data != null);
  if (session.data === null) return <Navigate to="/sign-in" search={{ next: '/welcome' }} />;
  if (wizard.isError && wizard.data === undefined)
    return <ErrorState error={wizard.error} onRetry={() => void wizard.refetch()} />;
  if (wizard.data === undefined) return <LoadingRows />;
  if (wizard.data === null) return <Navigate to="/" />;
  return <Wizard state={wizard.data} />;
}

function Wizard({ state }: { readonly state: WizardState }) {
  const navigate = useNavigate();
  const move = useMoveWizard();
  const [made, setMade] = useState<FirstBucket>();
  // Going back is looking back: what is done stays done.
  const [lookedAt, lookAt] = useState<WizardStep>();
  const step = lookedAt ?? state.step;
  const end = useEndWizard(() => navigate({ to: '/' }));
  const report = { onError: (error: Error) => toast('error', errorText(error)) };
  const skip = () => end.mutate(undefined, report);
  const leave = (next: WizardStep) => {
    lookAt(undefined);
    if (state.step === step) move.mutate({ ...state, step: next }, report);
  };
  switch (step) {
    case 'recovery':
      return (
        <WizardFrame step={step} title={t('setup.kitTitle')} text={t('setup.kitText')} onSkip={skip}>
          <RecoveryStep isMoving={move.isPending} onNext={() => leave('disks')} />
        </WizardFrame>
      );
    case 'disks':
      return (
        <WizardFrame step={step} title={t('setup.disksTitle')} text={t('setup.disksText')} onSkip={skip}>
          <DisksStep isMoving={move.isPending} onNext={() => leave('purpose')} />
        </WizardFrame>
      );
    case 'purpose':
      return (
        <WizardFrame step={step} title={t('setup.purposeTitle')} text={t('setup.purposeText')} onSkip={skip}>
          <PurposeStep
            onBack={() => lookAt('disks')}
            onImported={skip}
            onMade={(first) => {
              setMade(first);
              lookAt(undefined);
              move.mutate({ step: 'done', bucket: first.bucket, accessKeyId: first.key.accessKeyId }, report);
            }}
          />
        </WizardFrame>
      );
    case 'done':
      return (
        <WizardFrame step={step} title={t('setup.doneTitle')} text={t('setup.doneText')} onSkip={undefined}>
          <DoneStep state={state} made={made} />
        </WizardFrame>
      );
  }
}
