import type { HistoryRangeName } from '../../../../src-server/contract/overview.ts';
import { ErrorState } from '../../../components/states.tsx';
import { t } from '../../../lib/i18n.ts';
import { useHistory } from '../api/use-history.ts';
import { seriesOf } from '../chart-data.ts';
import { TimeChart } from './time-chart.tsx';

/** What the server itself takes of its machine: processor time and memory. */
export function ServerCharts({ range }: { readonly range: HistoryRangeName }) {
  const history = useHistory(range, 'cpu,rss');
  if (history.isError && history.data === undefined)
    return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) return <div className="h-64 rounded-control border border-line bg-surface" />;
  const { data } = history;
  const cpu = seriesOf(data, [{ name: 'cpu', label: t('history.cpuLine') }]);
  const memory = seriesOf(data, [{ name: 'rss', label: t('history.memoryLine') }]);
  return (
    <div className="grid gap-3 xl:grid-cols-2">
      <TimeChart title={t('history.cpu')} unit="cores" history={data} series={cpu} />
      <TimeChart title={t('history.memory')} unit="bytes" history={data} series={memory} />
    </div>
  );
}
