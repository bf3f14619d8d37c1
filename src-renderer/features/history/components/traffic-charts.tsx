import type { HistoryRangeName } from '../../../../src-server/contract/overview.ts';
import { ErrorState } from '../../../components/states.tsx';
import { formatCount } from '../../../lib/format.ts';
import { t, useLanguage } from '../../../lib/i18n.ts';
import { type History, useHistory } from '../api/use-history.ts';
import { seriesOf } from '../chart-data.ts';
import { ChartPlaces } from './chart-places.tsx';
import { TimeChart } from './time-chart.tsx';

const SERIES = 'in,out,p50,p99,requests.put,requests.get,requests.list,requests.delete,error.*';
const ERRORS_SHOWN = 4;

/** Throughput, latency and requests by kind, over one range. */
export function TrafficCharts({ range }: { readonly range: HistoryRangeName }) {
  const history = useHistory(range, SERIES);
  if (history.isError && history.data === undefined)
    return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) return <ChartPlaces />;
  const { data } = history;
  const throughput = [
    { name: 'in', label: t('history.in') },
    { name: 'out', label: t('history.out') },
  ];
  const latency = [
    { name: 'p50', label: 'p50' },
    { name: 'p99', label: 'p99' },
  ];
  const kinds = ['PUT', 'GET', 'LIST', 'DELETE'].map((label) => ({ name: `requests.${label.toLowerCase()}`, label }));
  return (
    <div className="grid gap-3 xl:grid-cols-3">
      <TimeChart
        title={t('history.throughput')}
        unit="bytes-per-second"
        history={data}
        series={seriesOf(data, throughput)}
      />
      <TimeChart title={t('history.latency')} unit="milliseconds" history={data} series={seriesOf(data, latency)} />
      <TimeChart title={t('history.requests')} unit="per-second" history={data} series={seriesOf(data, kinds)}>
        <ErrorCodes history={data} />
      </TimeChart>
    </div>
  );
}

/** How many errors of each code were answered in the range, the most frequent first. */
function ErrorCodes({ history }: { readonly history: History }) {
  const language = useLanguage();
  const codes = history.series
    .filter(({ name }) => name.startsWith('error.'))
    .map(({ name, points }) => ({
      code: name.slice('error.'.length),
      count: Math.round((points.reduce((sum, point) => sum + (point?.[1] ?? 0), 0) * history.stepMs) / 1000),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  if (codes.length === 0) return <p className="text-caption text-muted">{t('history.noErrors')}</p>;
  const list = codes.slice(0, ERRORS_SHOWN).map(({ code, count }) => `${code} ${formatCount(count, language)}`);
  return (
    <p className="text-caption">
      <span aria-hidden="true" className="text-attention">
        ▲
      </span>{' '}
      {t('history.errors', { list: list.join(' · ') })}
    </p>
  );
}
