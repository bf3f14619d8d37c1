import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { HistoryRangeName, OverviewView } from '../../src-server/contract/overview.ts';
import { ButtonLink } from '../components/button-link.tsx';
import { Bytes } from '../components/moment.tsx';
import { PageHead } from '../components/page-head.tsx';
import { ErrorState, LoadingRows } from '../components/states.tsx';
import { useOverview } from '../features/appliance/api/use-overview.ts';
import { AttentionList } from '../features/appliance/components/attention-list.tsx';
import { CapacityBar } from '../features/appliance/components/capacity-bar.tsx';
import { ContactTable } from '../features/appliance/components/contact-table.tsx';
import { DiskStrip } from '../features/appliance/components/disk-strip.tsx';
import { ForecastLine } from '../features/appliance/components/forecast-line.tsx';
import { NowLine } from '../features/appliance/components/now-line.tsx';
import { StatusSentence } from '../features/appliance/components/status-sentence.tsx';
import { ChartPlaces } from '../features/history/components/chart-places.tsx';
import { RangeSwitch } from '../features/history/components/range-switch.tsx';
import { useSession } from '../features/session/api/use-session.ts';
import { ApiError } from '../lib/api.ts';
import { formatCount } from '../lib/format.ts';
import { t, useLanguage } from '../lib/i18n.ts';
import { FilesHome } from './files-home.tsx';

// The drawing library is larger than all the rest: it comes when the numbers stand.
const TrafficCharts = lazy(async () => ({
  default: (await import('../features/history/components/traffic-charts.tsx')).TrafficCharts,
}));
const ServerCharts = lazy(async () => ({
  default: (await import('../features/history/components/server-charts.tsx')).ServerCharts,
}));

/** The first page: for who operates the appliance how all of it is, for everybody else their files. */
export function HomePage() {
  const role = useSession().data?.role;
  const mayOperate = role === 'root' || role === 'admin';
  const overview = useOverview(mayOperate);
  const isRefused = overview.error instanceof ApiError && overview.error.status === 403;
  if (!mayOperate || isRefused) return <FilesHome />;
  return (
    <>
      <PageHead title={t('home.title')} />
      {overview.isPending && <LoadingRows />}
      {overview.isError && overview.data === undefined && (
        <ErrorState error={overview.error} onRetry={() => void overview.refetch()} />
      )}
      {overview.data !== undefined && <ApplianceHome overview={overview.data} />}
    </>
  );
}

function ApplianceHome({ overview }: { readonly overview: OverviewView }) {
  const { range = '24h' } = useSearch({ from: '/frame/' });
  const navigate = useNavigate();
  const choose = (chosen: HistoryRangeName) => void navigate({ to: '/', search: { range: chosen }, replace: true });
  return (
    <div className="flex flex-col gap-8 px-4 pb-10 sm:px-6">
      <StatusSentence overview={overview} />
      <AttentionList items={overview.attention} />
      <CapacitySection overview={overview} />
      <section aria-label={t('home.traffic')} className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <NowLine now={overview.now} />
          <RangeSwitch range={range} onChange={choose} />
        </div>
        <Suspense fallback={<ChartPlaces />}>
          <TrafficCharts range={range} />
        </Suspense>
      </section>
      <DiskStrip disks={overview.disks} />
      <ContactTable contacts={overview.contacts} />
      <section aria-labelledby="server-title" className="flex flex-col gap-3">
        <h2 id="server-title" className="font-semibold text-section">
          {t('home.server')}
        </h2>
        <Suspense fallback={<div className="h-64 rounded-control border border-line bg-surface" />}>
          <ServerCharts range={range} />
        </Suspense>
      </section>
      {overview.stored.buckets === 0 && (
        <section className="flex flex-col items-start gap-3">
          <p className="max-w-120 text-muted">{t('home.emptyText')}</p>
          <ButtonLink look="primary" to="/buckets">
            {t('home.emptyAction')}
          </ButtonLink>
        </section>
      )}
    </div>
  );
}

function CapacitySection({ overview: { capacity, stored, forecast } }: { readonly overview: OverviewView }) {
  const language = useLanguage();
  return (
    <section aria-label={t('home.capacity')} className="flex flex-col gap-3">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-semibold text-figure">
          <Bytes bytes={capacity.totalBytes - capacity.freeBytes} />
        </span>
        <span>
          {t('home.usedOf')} <Bytes bytes={capacity.totalBytes} />
        </span>
      </p>
      <CapacityBar parts={capacity} />
      <ForecastLine forecast={forecast} />
      <p className="text-muted">
        {t('home.stored', {
          objects: formatCount(stored.objects, language),
          buckets: formatCount(stored.buckets, language),
          count: stored.buckets,
        })}{' '}
        <Bytes bytes={stored.bytes} />
      </p>
    </section>
  );
}
