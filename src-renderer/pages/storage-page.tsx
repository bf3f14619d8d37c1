import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { HistoryRangeName, OverviewView } from '../../src-server/contract/overview.ts';
import { PageHead } from '../components/page-head.tsx';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { useOverview } from '../features/appliance/api/use-overview.ts';
import { AttentionList } from '../features/appliance/components/attention-list.tsx';
import { CapacityBar } from '../features/appliance/components/capacity-bar.tsx';
import { FillTable } from '../features/appliance/components/fill-table.tsx';
import { ForecastLine } from '../features/appliance/components/forecast-line.tsx';
import { TierColumns } from '../features/appliance/components/tier-columns.tsx';
import { RangeSwitch } from '../features/history/components/range-switch.tsx';
import { t } from '../lib/i18n.ts';

const GrowthCharts = lazy(async () => ({
  default: (await import('../features/history/components/growth-charts.tsx')).GrowthCharts,
}));
/** Lines of one chart. */
const BUCKETS_DRAWN = 4;

/** Disks by tier, and what fills them. */
export function StoragePage() {
  const overview = useOverview();
  return (
    <>
      <PageHead title={t('storage.title')} />
      {overview.isPending && <LoadingRows />}
      {overview.isError && overview.data === undefined && (
        <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {overview.data !== undefined && <StorageFacts overview={overview.data} />}
    </>
  );
}

function StorageFacts({ overview }: { readonly overview: OverviewView }) {
  const { range = '30d', in: place } = useSearch({ from: '/frame/storage' });
  const navigate = useNavigate();
  const choose = (chosen: HistoryRangeName) =>
    void navigate({ to: '/storage', search: (now) => ({ ...now, range: chosen }), replace: true });
  const disksOnly = overview.attention.filter(({ cause }) => cause.startsWith('disk-') || cause === 'no-writable-disk');
  return (
    <div className="flex flex-col gap-8 px-4 pb-10 sm:px-6">
      <AttentionList items={disksOnly} />
      <section aria-label={t('storage.all')} className="flex flex-col gap-3">
        <CapacityBar parts={overview.capacity} />
        <ForecastLine forecast={overview.forecast} />
      </section>
      <TierColumns disks={overview.disks} />
      <section aria-label={t('storage.growth')} className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 className="font-semibold text-section">{t('storage.growth')}</h2>
          <RangeSwitch range={range} onChange={choose} />
        </div>
        <Suspense fallback={<div className="h-64 rounded-control border border-line bg-surface" />}>
          <GrowthCharts
            range={range}
            buckets={overview.largestBuckets.slice(0, BUCKETS_DRAWN).map(({ name }) => name)}
          />
        </Suspense>
      </section>
      <FillTable buckets={overview.largestBuckets} stored={overview.stored} place={place} />
    </div>
  );
}
