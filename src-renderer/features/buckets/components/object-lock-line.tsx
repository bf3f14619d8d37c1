import type { DefaultRetention } from '../../../../src-server/contract/bucket-lock.ts';
import type { BucketDetail } from '../../../../src-server/contract/bucket-settings.ts';
import { SettingLine } from '../../../components/setting-line.tsx';
import { t } from '../../../lib/i18n.ts';
import { ObjectLockForm } from './object-lock-form.tsx';

/** Can what is stored be kept from everybody who would delete it? Once that is on, it stays on. */
export function ObjectLockLine({ bucket }: { readonly bucket: BucketDetail }) {
  const form = bucket.mayChange ? (close: () => void) => <ObjectLockForm bucket={bucket} onClose={close} /> : undefined;
  const { objectLock } = bucket;
  return (
    <SettingLine
      title={t('objectLock.title')}
      form={form}
      {...(objectLock === null ? { action: t('objectLock.turnOn') } : {})}
    >
      {objectLock === null ? (
        t('objectLock.off')
      ) : (
        <div className="flex flex-col gap-1">
          <p>{keepsText(objectLock.defaultRetention)}</p>
          <p className="text-muted">{t('objectLock.forGood')}</p>
        </div>
      )}
    </SettingLine>
  );
}

function keepsText(retention: DefaultRetention | null): string {
  if (retention === null) return t('objectLock.keepsAsAsked');
  const length =
    retention.unit === 'days'
      ? t('objectLock.days', { count: retention.count })
      : t('objectLock.years', { count: retention.count });
  return retention.mode === 'COMPLIANCE'
    ? t('objectLock.keepsCompliance', { length })
    : t('objectLock.keepsGovernance', { length });
}
