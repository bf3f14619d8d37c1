import type { BucketQuota } from '../../../../src-server/contract/bucket-access.ts';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { SettingLine } from '../../../components/setting-line.tsx';
import { formatBytes, formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { QuotaForm } from './quota-form.tsx';

interface Props {
  readonly bucket: BucketDetail;
  readonly quota: BucketQuota;
}

/** How much the bucket may hold, and how much of that it holds. */
export function QuotaLine({ bucket, quota }: Props) {
  const form = quota.mayChange
    ? (close: () => void) => <QuotaForm bucket={bucket.name} quota={quota} onClose={close} />
    : undefined;
  return (
    <SettingLine
      title={t('bucketAccess.quota')}
      form={form}
      {...(isLimited(quota) ? {} : { action: t('bucketAccess.quotaSet') })}
    >
      <QuotaText quota={quota} />
    </SettingLine>
  );
}

function isLimited({ quotaBytes, quotaObjects }: BucketQuota): boolean {
  return quotaBytes !== null || quotaObjects !== null;
}

function QuotaText({ quota }: { readonly quota: BucketQuota }) {
  const language = useLanguage();
  const bytes = (value: number) => formatBytes(value, language);
  const count = (value: number) => formatCount(value, language);
  const { quotaBytes, quotaObjects, heldBytes, heldObjects, tenant } = quota;
  return (
    <div className="flex max-w-120 flex-col gap-3">
      {!isLimited(quota) && <p>{t('bucketAccess.quotaNone')}</p>}
      {quotaBytes !== null && (
        <Limit
          held={heldBytes}
          limit={quotaBytes}
          text={t('bucketAccess.quotaUsed', { held: bytes(heldBytes), limit: bytes(quotaBytes) })}
          full={t('bucketAccess.quotaReached', { limit: bytes(quotaBytes) })}
        />
      )}
      {quotaObjects !== null && (
        <Limit
          held={heldObjects}
          limit={quotaObjects}
          text={t('bucketAccess.quotaUsedObjects', {
            count: quotaObjects,
            held: count(heldObjects),
            limit: count(quotaObjects),
          })}
          full={t('bucketAccess.quotaReachedObjects', { count: quotaObjects, limit: count(quotaObjects) })}
        />
      )}
      {tenant !== null && tenant.quotaBytes !== null && (
        <Limit
          held={tenant.heldBytes}
          limit={tenant.quotaBytes}
          text={t('bucketAccess.quotaTenant', { held: bytes(tenant.heldBytes), limit: bytes(tenant.quotaBytes) })}
          full={t('bucketAccess.quotaTenantReached', { limit: bytes(tenant.quotaBytes) })}
        />
      )}
    </div>
  );
}

interface LimitProps {
  readonly held: number;
  readonly limit: number;
  readonly text: string;
  /** What is said instead once nothing fits any more. */
  readonly full: string;
}

const ALMOST = 0.9;

function Limit({ held, limit, text, full }: LimitProps) {
  const isFull = held >= limit;
  const colour = isFull ? 'bg-stopped' : held >= limit * ALMOST ? 'bg-attention' : 'bg-series-1';
  return (
    <div className="flex flex-col gap-1">
      <div aria-hidden="true" className="h-2 overflow-hidden rounded-[2px] bg-sunken">
        <span className={`block h-full ${colour}`} style={{ width: `${Math.min(100, (held / limit) * 100)}%` }} />
      </div>
      {isFull ? (
        <p className="flex gap-2 text-stopped">
          <span aria-hidden="true">■</span>
          {full}
        </p>
      ) : (
        <p>{text}</p>
      )}
    </div>
  );
}
