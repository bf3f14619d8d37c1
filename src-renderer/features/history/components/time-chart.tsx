import { type ReactNode, useId, useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { t, useLanguage } from '../../../lib/i18n.ts';
import type { History } from '../api/use-history.ts';
import { type ChartSeries, summaryOf } from '../chart-data.ts';
import { type Unit, withUnit } from '../units.ts';
import { ChartPlot } from './chart-plot.tsx';
import { ChartTable } from './chart-table.tsx';

interface TimeChartProps {
  /** What it shows, with its unit. */
  readonly title: string;
  readonly unit: Unit;
  readonly history: Pick<History, 'fromMs' | 'stepMs'>;
  /** At most four. */
  readonly series: readonly ChartSeries[];
  readonly children?: ReactNode;
}

/** One chart over time: drawn, in a sentence, and as a table. */
export function TimeChart({ title, unit, history, series, children }: TimeChartProps) {
  const [isTable, setTable] = useState(false);
  const id = useId();
  const isEmpty = series.every((line) => summaryOf(history, line) === undefined);
  return (
    <figure
      aria-labelledby={id}
      className="m-0 flex min-w-0 flex-col gap-2 rounded-control border border-line bg-surface p-3"
    >
      <div className="flex items-start justify-between gap-2">
        <figcaption id={id} className="pt-1 font-medium">
          {title}
        </figcaption>
        {!isEmpty && (
          <Button look="quiet" small aria-pressed={isTable} aria-describedby={id} onPress={() => setTable(!isTable)}>
            {isTable ? t('history.asChart') : t('history.asTable')}
          </Button>
        )}
      </div>
      {isEmpty && <p className="flex h-44 items-center text-muted">{t('history.nothing')}</p>}
      {!isEmpty && isTable && <ChartTable history={history} series={series} unit={unit} title={title} />}
      {!isEmpty && !isTable && <ChartPlot history={history} series={series} unit={unit} />}
      {!isEmpty && <ChartSummary history={history} series={series} unit={unit} />}
      {children}
    </figure>
  );
}

/** What the picture says, in words: for who cannot see it, and for who wants the number. */
function ChartSummary({ history, series, unit }: Omit<TimeChartProps, 'title' | 'children'>) {
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <ul className="flex flex-wrap gap-x-4 text-caption text-muted">
      {series.map((line) => {
        const summary = summaryOf(history, line);
        if (summary === undefined) return null;
        const values = {
          label: line.label,
          mean: withUnit(summary.mean, unit, language),
          peak: withUnit(summary.peak, unit, language),
        };
        return (
          <li key={line.name} title={time.format(summary.peakAtMs)}>
            {t('history.summary', values)}
          </li>
        );
      })}
    </ul>
  );
}
