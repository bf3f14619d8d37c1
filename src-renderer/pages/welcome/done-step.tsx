import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { WizardState } from '../../../src-server/contract/setup-wizard.ts';
import type { SnippetTool } from '../../../src-server/contract/snippets/index.ts';
import { Button } from '../../components/button.tsx';
import { FormError } from '../../components/form-error.tsx';
import type { Purpose } from '../../features/buckets/components/preset-choice.tsx';
import { ConnectCard } from '../../features/connect/components/connect-card.tsx';
import { SelfTest } from '../../features/connect/components/self-test.tsx';
import { useEndWizard } from '../../features/setup/api/use-wizard.ts';
import { t } from '../../lib/i18n.ts';
import type { FirstBucket } from './purpose-step.tsx';

interface DoneStepProps {
  readonly state: WizardState;
  /** Undefined after a reload: its secret was shown. */
  readonly made: FirstBucket | undefined;
}

/** Proof that it works, the way in for programs, and the way to the first file. */
export function DoneStep({ state, made }: DoneStepProps) {
  const navigate = useNavigate();
  const bucket = state.bucket ?? '';
  // Its objects stand in the bucket while it runs: nobody should meet them there.
  const [isTested, setTested] = useState(made === undefined);
  const end = useEndWizard(() => navigate({ to: '/files/$bucket/$', params: { bucket, _splat: '' } }));
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col items-start gap-2">
        <Button look="primary" isDisabled={!isTested} isPending={end.isPending} onPress={() => end.mutate()}>
          {t('setup.openFiles', { bucket })}
        </Button>
        <p className="text-caption text-muted">{t('setup.openFilesText')}</p>
        <FormError error={end.error} />
      </div>
      <div className="border-line border-t pt-6">
        <SelfTest
          bucket={bucket}
          {...(state.accessKeyId === null ? {} : { accessKeyId: state.accessKeyId })}
          startsItself={made !== undefined}
          onEnd={() => setTested(true)}
        />
      </div>
      <div className="flex flex-col gap-3 border-line border-t pt-6">
        <h2 className="font-semibold text-section">{t('connect.how')}</h2>
        <ConnectCard bucket={bucket} {...(made === undefined ? {} : { pair: made.key, tool: toolFor(made.purpose) })} />
      </div>
    </div>
  );
}

/** The snippets that are shown first. */
function toolFor(purpose: Purpose): SnippetTool {
  switch (purpose) {
    case 'veeam':
    case 'restic':
    case 'kopia':
    case 'duplicati':
      return purpose;
    case 'app':
    case 'static':
      return 'javascript';
    case 'office':
    case 'own':
      return 'rclone';
  }
}
