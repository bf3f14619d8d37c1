import { useNavigate, useSearch } from '@tanstack/react-router';
import { ButtonLink } from '../components/button-link.tsx';
import { PageHead } from '../components/page-head.tsx';
import { SelectField } from '../components/select-field.tsx';
import { EmptyState, ErrorState, LoadingRows } from '../components/states.tsx';
import { useBuckets } from '../features/buckets/api/use-buckets.ts';
import { ConnectCard } from '../features/connect/components/connect-card.tsx';
import { SelfTest } from '../features/connect/components/self-test.tsx';
import { t } from '../lib/i18n.ts';

/** How programs reach a bucket, whether one did, and whether the server does what S3 does. */
export function ConnectPage() {
  const buckets = useBuckets();
  const { bucket: wanted } = useSearch({ from: '/frame/connect' });
  const navigate = useNavigate();
  const bucket = buckets.data?.find(({ name }) => name === wanted) ?? buckets.data?.[0];
  return (
    <>
      <PageHead title={t('connect.title')} />
      {buckets.isPending && <LoadingRows />}
      {buckets.isError && <ErrorState error={buckets.error} onRetry={() => void buckets.refetch()} />}
      {buckets.data?.length === 0 && (
        <EmptyState title={t('connect.emptyTitle')} text={t('connect.emptyText')}>
          <ButtonLink to="/buckets">{t('buckets.title')}</ButtonLink>
        </EmptyState>
      )}
      {buckets.data !== undefined && bucket !== undefined && (
        <div className="flex max-w-180 flex-col gap-8 px-4 pb-8 sm:px-6">
          <div className="max-w-80">
            <SelectField
              label={t('connect.bucket')}
              options={buckets.data.map(({ name }) => ({ value: name, label: name }))}
              value={bucket.name}
              onChange={(name) => void navigate({ to: '/connect', search: { bucket: name }, replace: true })}
            />
          </div>
          <ConnectCard key={bucket.name} bucket={bucket.name} />
          {bucket.mayWrite && (
            <div className="flex flex-col gap-3 border-line border-t pt-6">
              <h2 className="font-semibold text-section">{t('selfTest.title')}</h2>
              <SelfTest key={bucket.name} bucket={bucket.name} />
            </div>
          )}
        </div>
      )}
    </>
  );
}
