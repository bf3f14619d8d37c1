import { useEffect, useRef } from 'react';
import { SELF_TEST_STEPS, type SelfTestStep, type SelfTestStepId } from '../../../../src-server/contract/self-tests.ts';
import { Button } from '../../../components/button.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useSelfTest } from '../api/use-self-test.ts';

interface SelfTestProps {
  readonly bucket: string;
  /** Without one the server makes a key for the run. */
  readonly accessKeyId?: string;
  /** Runs at once, and once. */
  readonly startsItself?: boolean;
  /** Called when a run has ended, however. */
  readonly onEnd?: () => void;
}

/** The server uses its own S3 port as a client would: a line for each thing that works. */
export function SelfTest({ bucket, accessKeyId, startsItself = false, onEnd }: SelfTestProps) {
  const test = useSelfTest();
  const { mutate } = test;
  const started = useRef(false);
  useEffect(() => {
    if (!startsItself || started.current) return;
    started.current = true;
    mutate({ bucket, accessKeyId }, { onSettled: () => onEnd?.() });
  }, [startsItself, mutate, bucket, accessKeyId, onEnd]);
  const byId = new Map(test.steps.map((step) => [step.id, step]));
  const isIdle = test.isIdle && !startsItself;
  return (
    <section aria-label={t('selfTest.title')} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="mr-auto min-w-0">
          {statusText(test.isPending || (test.isIdle && startsItself), test.data?.passed)}
        </p>
        <Button isPending={test.isPending} onPress={() => test.mutate({ bucket, accessKeyId })}>
          {isIdle ? t('selfTest.run') : t('selfTest.again')}
        </Button>
      </div>
      <FormError error={test.error} />
      {!isIdle && (
        <ol className="flex flex-col text-table">
          {SELF_TEST_STEPS.map((id) => (
            <StepLine key={id} id={id} step={byId.get(id)} />
          ))}
        </ol>
      )}
    </section>
  );
}

function statusText(isRunning: boolean, passed: boolean | undefined): string {
  if (isRunning) return t('selfTest.running');
  if (passed === undefined) return t('selfTest.about');
  return passed ? t('selfTest.passed') : t('selfTest.failed');
}

const MARKS = {
  passed: ['●', 'text-fine'],
  failed: ['■', 'text-stopped'],
  skipped: ['◌', 'text-unknown'],
} as const;

function StepLine({ id, step }: { readonly id: SelfTestStepId; readonly step: SelfTestStep | undefined }) {
  const language = useLanguage();
  const [shape, colour] = step === undefined ? (['◌', 'text-unknown'] as const) : MARKS[step.result];
  const ms = new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(Math.max(1, step?.durationMs ?? 1));
  return (
    <li className="flex min-h-7 items-center gap-2">
      <span aria-hidden="true" className={colour}>
        {shape}
      </span>
      <span className={`min-w-0 flex-1 ${step === undefined ? 'text-muted' : ''}`}>
        {stepText(id)}
        {step?.result === 'failed' && <span className="text-stopped"> · {step.detail}</span>}
        {step !== undefined && <span className="sr-only"> {resultText(step.result)}</span>}
      </span>
      {step !== undefined && (
        <span className="text-caption text-muted">
          {step.result === 'skipped' ? t('selfTest.skipped') : `${ms} ms`}
        </span>
      )}
    </li>
  );
}

function resultText(result: SelfTestStep['result']): string {
  switch (result) {
    case 'passed':
      return t('status.fine');
    case 'failed':
      return t('status.stopped');
    case 'skipped':
      return t('status.unknown');
  }
}

function stepText(id: SelfTestStepId): string {
  switch (id) {
    case 'reach':
      return t('selfTest.reach');
    case 'refuse-unsigned':
      return t('selfTest.refuseUnsigned');
    case 'refuse-wrong-secret':
      return t('selfTest.refuseWrongSecret');
    case 'list':
      return t('selfTest.list');
    case 'put':
      return t('selfTest.put');
    case 'get':
      return t('selfTest.get');
    case 'range':
      return t('selfTest.range');
    case 'refuse-wrong-checksum':
      return t('selfTest.refuseWrongChecksum');
    case 'multipart':
      return t('selfTest.multipart');
    case 'multipart-range':
      return t('selfTest.multipartRange');
    case 'presigned':
      return t('selfTest.presigned');
    case 'delete':
      return t('selfTest.delete');
  }
}
