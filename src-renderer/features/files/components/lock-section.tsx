import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { ObjectLock } from '../../../../src-server/contract/object-lock.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { TextField } from '../../../components/text-field.tsx';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useKeepUntil, useLegalHold, useLock } from '../api/use-lock.ts';
import { DetailsSection, FormButtons } from './details-section.tsx';

interface Props {
  readonly bucket: string;
  readonly objectKey: string;
  readonly mayWrite: boolean;
}

/** Until when a file cannot be deleted for good; nothing in a bucket without Object Lock. */
export function LockSection({ bucket, objectKey, mayWrite }: Props) {
  const { data: lock, error } = useLock(bucket, objectKey);
  const hold = useLegalHold(bucket, objectKey);
  if (error !== null) return <FormError error={error} />;
  if (lock === undefined || lock === null) return null;
  const form =
    mayWrite && lock.state !== 'unreadable'
      ? (close: () => void) => <KeepForm bucket={bucket} objectKey={objectKey} lock={lock} onClose={close} />
      : undefined;
  return (
    <DetailsSection title={t('objectLock.title')} form={form}>
      <div className="flex flex-col gap-2 text-table">
        <LockSentences lock={lock} />
        {mayWrite && (
          <div>
            <Button small isPending={hold.isPending} onPress={() => hold.mutate(!lock.legalHold)}>
              {lock.legalHold ? t('objectLock.holdLift') : t('objectLock.holdSet')}
            </Button>
          </div>
        )}
        <FormError error={hold.error} />
      </div>
    </DetailsSection>
  );
}

function LockSentences({ lock }: { readonly lock: ObjectLock }) {
  const language = useLanguage();
  const { retention, legalHold, state } = lock;
  const date =
    retention === null ? '' : new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(retention.untilMs);
  return (
    <>
      {state === 'unreadable' && <p className="text-attention">▲ {t('objectLock.unreadable')}</p>}
      {retention === null && !legalHold && state === 'free' && <p>{t('objectLock.fileFree')}</p>}
      {retention !== null && state === 'free' && <p>{t('objectLock.fileOver', { date })}</p>}
      {retention !== null && state !== 'free' && (
        <p>
          {retention.mode === 'COMPLIANCE'
            ? t('objectLock.fileCompliance', { date })
            : t('objectLock.fileGovernance', { date })}
        </p>
      )}
      {legalHold && <p>{t('objectLock.fileHeld')}</p>}
    </>
  );
}

const DAY_MS = 86_400_000;

function KeepForm({ bucket, objectKey, lock, onClose }: Omit<Props, 'mayWrite'> & LockFormProps) {
  const keep = useKeepUntil(bucket, objectKey);
  const stands = lock.retention;
  const [mode, setMode] = useState(stands?.mode ?? ('GOVERNANCE' as const));
  const [day, setDay] = useState(() => dayOf(Math.max(stands?.untilMs ?? 0, Date.now() + 30 * DAY_MS)));
  const untilMs = Date.parse(`${day}T23:59:59`);
  const isLater = Number.isFinite(untilMs) && untilMs > Math.max(Date.now(), stands?.untilMs ?? 0);
  return (
    <Form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (isLater) keep.mutate({ mode, untilMs }, { onSuccess: onClose });
      }}
    >
      <TextField
        label={t('objectLock.keepUntil')}
        type="date"
        value={day}
        onChange={setDay}
        error={isLater ? undefined : t('objectLock.keepLater')}
      />
      {stands === null && (
        <ChoiceGroup
          label={t('objectLock.keepHow')}
          value={mode}
          onChange={setMode}
          choices={[
            {
              value: 'GOVERNANCE' as const,
              label: t('objectLock.modeGovernance'),
              text: t('objectLock.modeGovernanceMeans'),
            },
            {
              value: 'COMPLIANCE' as const,
              label: t('objectLock.modeCompliance'),
              text: t('objectLock.modeComplianceMeans'),
            },
          ]}
        />
      )}
      <FormError error={keep.error} />
      <FormButtons isPending={keep.isPending} onCancel={onClose} />
    </Form>
  );
}

interface LockFormProps {
  readonly lock: ObjectLock;
  readonly onClose: () => void;
}

/** `2026-11-21`, of here. */
function dayOf(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
