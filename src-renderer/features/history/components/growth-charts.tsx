import type { HistoryRangeName } from '../../../../src-server/contract/overview.ts';
import { ErrorState } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { useHistory } from '../api/use-history.ts';
import { seriesOf } from '../chart-data.ts';
import { TimeChart } from './time-chart.tsx';

interface GrowthChartsProps {
  readonly range: HistoryRangeName;
  /** At most four. */
  readonly buckets: readonly string[];
}

/** How what is stored grew: in all, and in the largest buckets. */
export function GrowthCharts({ range, buckets }: GrowthChartsProps) {
  const names = buckets.map((bucket) => ({ name: `bytes.${bucket}`, label: bucket }));
  const all = useHistory(range, 'data,overhead');
  const each = useHistory(range, names.length === 0 ? 'bytes' : names.map(({ name }) => name).join(','), 'buckets');
  const failed = [all, each].find(({ isError, data }) => isError && data === undefined);
  if (failed !== undefined) return <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />;
  if (all.data === undefined || each.data === undefined) {
    return <div className="h-64 rounded-control border border-line bg-surface" />;
  }
  const parts = [
    { name: 'data', label: t('home.partData') },
    { name: 'overhead', label: t('home.partOverhead') },
  ];
  return (
    <div className="grid gap-3 xl:grid-cols-2">
      <TimeChart title={t('history.stored')} unit="bytes" history={all.data} series={seriesOf(all.data, parts)} />
      <TimeChart title={t('history.buckets')} unit="bytes" history={each.data} series={seriesOf(each.data, names)} />
    </div>
  );
}
