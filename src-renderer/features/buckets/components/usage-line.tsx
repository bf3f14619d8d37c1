import type { BucketUsage } from '../../../../src-server/contract/bucket-settings.ts';
import { Bytes, Moment } from '../../../components/moment.tsx';
import { SettingLine } from '../../../components/setting-line.tsx';
import { errorText } from '../../../lib/error-text.ts';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { useBucketUsage } from '../api/use-bucket.ts';
import { StaleUploadsForm } from './stale-uploads-form.tsx';

/** What the bucket's bytes are; the parts add up to the total. */
export function UsageLine({ bucket, mayChange }: { readonly bucket: string; readonly mayChange: boolean }) {
  const usage = useBucketUsage(bucket);
  const mayClean = mayChange && usage.data !== undefined && usage.data.openUploads > 0;
  return (
    <SettingLine
      title={t('bucket.usage')}
      action={t('bucket.staleClean')}
      form={mayClean ? (close) => <StaleUploadsForm bucket={bucket} onClose={close} /> : undefined}
    >
      {usage.isPending && <p className="text-muted">{t('bucket.usageCounting')}</p>}
      {usage.isError && <p className="text-stopped">{errorText(usage.error)}</p>}
      {usage.data !== undefined && <UsageTable usage={usage.data} />}
    </SettingLine>
  );
}

function UsageTable({ usage }: { readonly usage: BucketUsage }) {
  const language = useLanguage();
  const count = (value: number) => formatCount(value, language);
  const rows = [
    { colour: 'bg-series-1', name: t('bucket.usageCurrent'), count: usage.currentObjects, bytes: usage.currentBytes },
    { colour: 'bg-series-2', name: t('bucket.usageOlder'), count: usage.olderVersions, bytes: usage.olderBytes },
    { colour: 'bg-series-3', name: t('bucket.usageUploads'), count: usage.openUploads, bytes: usage.uploadBytes },
    { colour: 'bg-series-4', name: t('bucket.usageBin'), count: usage.binnedObjects, bytes: usage.binnedBytes },
    { colour: '', name: t('bucket.usageMarkers'), count: usage.deleteMarkers, bytes: 0 },
  ];
  return (
    <div className="flex flex-col gap-3">
      <UsageBar parts={rows} totalBytes={usage.totalBytes} />
      <table className="w-full max-w-120 text-table">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t('bucket.usageKind')}</th>
            <th scope="col">{t('bucket.usageCount')}</th>
            <th scope="col">{t('common.size')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ colour, name, count: number, bytes }) => (
            <tr key={name} className="h-7">
              <th scope="row" className="text-left font-normal">
                <span aria-hidden="true" className={`mr-2 inline-block size-2 rounded-[2px] ${colour}`} />
                {name}
              </th>
              <td className="px-3 text-right text-muted">{count(number)}</td>
              <td className="w-24 text-right">
                <Bytes bytes={bytes} />
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr className="h-8 border-line border-t font-medium">
            <th scope="row" className="text-left font-medium">
              {t('bucket.usageTotal')}
            </th>
            <td />
            <td className="text-right">
              <Bytes bytes={usage.totalBytes} />
            </td>
          </tr>
        </tfoot>
      </table>
      <p className="text-caption text-muted">
        {t('bucket.usageAsOf')} <Moment atMs={usage.asOfMs} />
      </p>
    </div>
  );
}

interface UsageBarProps {
  readonly parts: readonly { readonly colour: string; readonly name: string; readonly bytes: number }[];
  readonly totalBytes: number;
}

/** The same as the table below it, for the eye. */
function UsageBar({ parts, totalBytes }: UsageBarProps) {
  if (totalBytes === 0) return null;
  return (
    <div aria-hidden="true" className="flex h-2 max-w-120 gap-px overflow-hidden rounded-[2px] bg-sunken">
      {parts
        .filter(({ bytes }) => bytes > 0)
        .map(({ colour, name, bytes }) => (
          <span key={name} className={colour} style={{ flexGrow: bytes, minWidth: 2 }} />
        ))}
    </div>
  );
}
