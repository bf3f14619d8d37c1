import { useState } from 'react';
import { Form } from 'react-aria-components';
import type { StaleUploads } from '../../../../src-server/contract/open-uploads.ts';
import { ChoiceGroup } from '../../../components/choice-group.tsx';
import { FormError } from '../../../components/form-error.tsx';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { LineButtons } from '../../../components/setting-line.tsx';
import { toast } from '../../../components/toast.tsx';
import { formatBytes } from '../../../lib/format.ts';
import { currentLanguage, t } from '../../../lib/i18n.ts';
import { useAbortStaleUploads, useStaleUploads } from '../api/use-stale-uploads.ts';

const AGES = { day: 24, week: 168, month: 720 } as const;
type Age = keyof typeof AGES;

/** Ends unfinished uploads, after it was shown which. */
export function StaleUploadsForm({ bucket, onClose }: { readonly bucket: string; readonly onClose: () => void }) {
  const [age, setAge] = useState<Age>('week');
  const found = useStaleUploads(bucket, AGES[age]);
  const abort = useAbortStaleUploads(bucket);
  const tell = ({ count, bytes }: { readonly count: number; readonly bytes: number }) => {
    toast('note', t('bucket.staleEnded', { count, size: formatBytes(bytes, currentLanguage()) }));
    onClose();
  };
  return (
    <Form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        abort.mutate(AGES[age], { onSuccess: tell });
      }}
    >
      <ChoiceGroup
        label={t('bucket.staleAsk')}
        inRow
        value={age}
        onChange={setAge}
        choices={[
          { value: 'day' as const, label: t('bucket.staleDay') },
          { value: 'week' as const, label: t('bucket.staleWeek') },
          { value: 'month' as const, label: t('bucket.staleMonth') },
        ]}
      />
      <div role="status">{found.data !== undefined && <Rehearsal found={found.data} />}</div>
      <FormError error={found.error ?? abort.error} />
      <LineButtons
        isPending={abort.isPending}
        isDisabled={found.data === undefined || found.data.count === 0}
        onCancel={onClose}
        save={t('bucket.staleEnd', { count: found.data?.count ?? 0 })}
        danger
      />
    </Form>
  );
}

function Rehearsal({ found }: { readonly found: StaleUploads }) {
  if (found.count === 0) return <p className="text-muted">{t('bucket.staleNone')}</p>;
  const size = formatBytes(found.bytes, currentLanguage());
  return (
    <div className="flex flex-col gap-2">
      <p>
        {t('bucket.staleFound', { count: found.count, size })}{' '}
        {found.oldestAtMs !== null && (
          <>
            {t('bucket.staleOldest')} <Moment atMs={found.oldestAtMs} />
          </>
        )}
      </p>
      <ul className="flex flex-col text-table text-muted">
        {found.sample.map(({ key, startedAtMs, bytes }) => (
          <li key={`${key} ${startedAtMs}`} className="flex gap-3">
            <span className="min-w-0 flex-1 truncate font-mono text-caption" title={key}>
              {key}
            </span>
            <Moment atMs={startedAtMs} />
            <span className="w-20 text-right">
              <Bytes bytes={bytes} />
            </span>
          </li>
        ))}
      </ul>
      {found.count > found.sample.length && (
        <p className="text-caption text-muted">{t('bucket.staleMore', { count: found.count - found.sample.length })}</p>
      )}
    </div>
  );
}
