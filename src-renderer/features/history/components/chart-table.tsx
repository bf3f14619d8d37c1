import { t, useLanguage } from '../../../lib/i18n.ts';
import type { History } from '../api/use-history.ts';
import type { ChartSeries } from '../chart-data.ts';
import { type Unit, withUnit } from '../units.ts';

interface ChartTableProps {
  readonly title: string;
  readonly history: Pick<History, 'fromMs' | 'stepMs'>;
  readonly series: readonly ChartSeries[];
  readonly unit: Unit;
}

/** What a chart draws, as numbers: newest first, mean and greatest of each step that was measured. */
export function ChartTable({ title, history: { fromMs, stepMs }, series, unit }: ChartTableProps) {
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, {
    dateStyle: 'short',
    timeStyle: stepMs < 60_000 ? 'medium' : 'short',
  });
  const steps = Math.max(0, ...series.map(({ points }) => points.length));
  const measured = Array.from({ length: steps }, (_, step) => step)
    .filter((step) => series.some(({ points }) => points[step] != null))
    .reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={title} tabIndex={0} className="h-44 overflow-auto">
      <table className="w-full text-caption">
        <thead className="sticky top-0 bg-sunken text-left text-muted">
          <tr>
            <th scope="col" className="px-2 py-1 font-medium">
              {t('history.time')}
            </th>
            {series.map(({ name, label }) => (
              <th key={name} scope="col" className="px-2 py-1 text-right font-medium">
                {t('history.meanAndPeak', { label })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {measured.map((step) => (
            <tr key={step} className="border-line border-b">
              <td className="whitespace-nowrap px-2 py-1">{time.format(fromMs + step * stepMs)}</td>
              {series.map(({ name, points }) => {
                const point = points[step];
                return (
                  <td key={name} className="whitespace-nowrap px-2 py-1 text-right">
                    {point == null
                      ? '–'
                      : `${withUnit(point[1], unit, language)} · ${withUnit(point[2], unit, language)}`}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
