import { useNavigate, useParams } from '@tanstack/react-router';
import type { BucketDetail } from '../../src-server/contract/bucket-settings.ts';
import { ButtonLink } from '../components/button-link.tsx';
import { PageHead } from '../components/page-head.tsx';
import { SettingLine } from '../components/setting-line.tsx';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { useBucket } from '../features/buckets/api/use-bucket.ts';
import { CorsLine } from '../features/buckets/components/cors-line.tsx';
import { DangerLine } from '../features/buckets/components/danger-line.tsx';
import { EncryptionLine } from '../features/buckets/components/encryption-line.tsx';
import { HistoryLine } from '../features/buckets/components/history-line.tsx';
import { ObjectLockLine } from '../features/buckets/components/object-lock-line.tsx';
import { OwnershipLine } from '../features/buckets/components/ownership-line.tsx';
import { PolicyLine } from '../features/buckets/components/policy-line.tsx';
import { PublicAccessLine } from '../features/buckets/components/public-access-line.tsx';
import { QuotaLine } from '../features/buckets/components/quota-line.tsx';
import { SosapiLine } from '../features/buckets/components/sosapi-line.tsx';
import { TagsLine } from '../features/buckets/components/tags-line.tsx';
import { UsageLine } from '../features/buckets/components/usage-line.tsx';
import { VersioningLine } from '../features/buckets/components/versioning-line.tsx';
import { ConnectCard } from '../features/connect/components/connect-card.tsx';
import { t } from '../lib/i18n.ts';

/** All settings of a bucket: each a sentence that opens in place. */
export function BucketPage() {
  const { bucket: name } = useParams({ from: '/frame/buckets/$bucket' });
  const bucket = useBucket(name);
  return (
    <>
      <PageHead title={name}>
        <ButtonLink to="/files/$bucket/$" params={{ bucket: name, _splat: '' }}>
          {t('bucket.openFiles')}
        </ButtonLink>
      </PageHead>
      {bucket.isPending && <LoadingRows />}
      {bucket.isError && <ErrorState error={bucket.error} onRetry={() => void bucket.refetch()} />}
      {bucket.data !== undefined && <BucketSettings key={name} bucket={bucket.data} />}
    </>
  );
}

function BucketSettings({ bucket }: { readonly bucket: BucketDetail }) {
  const navigate = useNavigate();
  return (
    <div className="border-line border-t pb-8">
      <VersioningLine bucket={bucket} />
      <ObjectLockLine bucket={bucket} />
      <EncryptionLine bucket={bucket} />
      {bucket.access !== null && <PublicAccessLine bucket={bucket} access={bucket.access} />}
      {bucket.access !== null && <PolicyLine bucket={bucket} access={bucket.access} />}
      <CorsLine bucket={bucket} />
      <TagsLine bucket={bucket} />
      <SosapiLine bucket={bucket} />
      <OwnershipLine bucket={bucket} />
      {bucket.quota !== null && <QuotaLine bucket={bucket} quota={bucket.quota} />}
      <SettingLine
        title={t('connect.title')}
        action={t('connect.how')}
        form={() => <ConnectCard bucket={bucket.name} />}
      >
        {t('connect.line')}
      </SettingLine>
      <UsageLine bucket={bucket.name} mayChange={bucket.mayChange} />
      <HistoryLine bucket={bucket.name} mayChange={bucket.mayChange} />
      {bucket.mayChange && <DangerLine bucket={bucket.name} onDeleted={() => void navigate({ to: '/buckets' })} />}
    </div>
  );
}
