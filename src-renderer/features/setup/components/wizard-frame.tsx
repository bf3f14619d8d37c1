import type { ReactNode } from 'react';
import { WIZARD_STEPS, type WizardStep } from '../../../../src-server/contract/setup-wizard.ts';
import { Button } from '../../../components/button.tsx';
import { Mark } from '../../../components/entry-page.tsx';
import { t } from '../../../lib/i18n.ts';

interface WizardFrameProps {
  readonly step: WizardStep;
  readonly title: string;
  readonly text?: ReactNode;
  readonly children: ReactNode;
  readonly onSkip: (() => void) | undefined;
}

/** One question a page. */
export function WizardFrame({ step, title, text, children, onSkip }: WizardFrameProps) {
  const number = WIZARD_STEPS.indexOf(step) + 1;
  return (
    <main className="flex min-h-full flex-col items-center bg-bg px-4 py-8 sm:py-16">
      <div className="flex w-full max-w-140 flex-col gap-6">
        <div className="flex items-center gap-2">
          <p className="mr-auto flex items-center gap-2 font-semibold text-section">
            <Mark /> Stowage
          </p>
          <span className="text-caption text-muted">{t('setup.stepOf', { number, count: WIZARD_STEPS.length })}</span>
          {onSkip !== undefined && (
            <Button look="quiet" small onPress={onSkip}>
              {t('setup.skip')}
            </Button>
          )}
        </div>
        <div className="flex flex-col gap-2">
          <h1 className="font-semibold text-title">{title}</h1>
          {text !== undefined && <p className="text-muted">{text}</p>}
        </div>
        {children}
      </div>
    </main>
  );
}

/** Back on the left, what goes on on the right. */
export function WizardButtons(props: { readonly onBack?: (() => void) | undefined; readonly children: ReactNode }) {
  return (
    <div className="mt-2 flex flex-wrap items-center justify-end gap-2">
      {props.onBack !== undefined && (
        <span className="mr-auto">
          <Button look="quiet" onPress={props.onBack}>
            {t('setup.back')}
          </Button>
        </span>
      )}
      {props.children}
    </div>
  );
}
