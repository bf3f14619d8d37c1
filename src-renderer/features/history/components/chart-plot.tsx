import { Area, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useLanguage } from '../../../lib/i18n.ts';
import type { History } from '../api/use-history.ts';
import { type ChartRow, type ChartSeries, niceCeiling, rowsOf, spread, summaryOf, timeTicks } from '../chart-data.ts';
import { type Unit, withUnit } from '../units.ts';

const HEIGHT = 176;
const TOP = 8;
const AXIS = 24;
const LABEL_LETTER = 6.5;
const LABELS_MAX = 90;
const LABEL_HEIGHT = 15;
const TICKS_MAX = 5;
const DAY_MS = 86_400_000;

interface ChartPlotProps {
  readonly history: Pick<History, 'fromMs' | 'stepMs'>;
  readonly series: readonly ChartSeries[];
  readonly unit: Unit;
}

/** As short as says it: minutes within hours, hours within two days, else days. */
function tickFormat(spanMs: number): Intl.DateTimeFormatOptions {
  if (spanMs > 2 * DAY_MS) return { day: 'numeric', month: 'short' };
  if (spanMs > DAY_MS / 4) return { hour: 'numeric' };
  return { hour: 'numeric', minute: '2-digit' };
}

/** The picture: a mean line over its band from least to greatest, named at its end. Gaps stay gaps. */
export function ChartPlot({ history, series, unit }: ChartPlotProps) {
  const language = useLanguage();
  const rows = rowsOf(history, series);
  const labels = labelsWidth(series);
  const fromMs = history.fromMs;
  const untilMs = fromMs + (rows.length - 1) * history.stepMs;
  const top = niceCeiling(Math.max(...series.map((line) => summaryOf(history, line)?.peak ?? 0)));
  const tick = new Intl.DateTimeFormat(language, tickFormat(untilMs - fromMs));
  const tickStyle = { fontSize: 11, fill: 'var(--muted)' };
  return (
    <div className="relative" aria-hidden="true" style={{ height: HEIGHT }}>
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <ComposedChart data={rows} margin={{ top: TOP, right: labels, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            domain={[fromMs, untilMs]}
            ticks={timeTicks(fromMs, untilMs, TICKS_MAX)}
            tickFormatter={(atMs: number) => tick.format(atMs)}
            height={AXIS}
            tick={tickStyle}
            tickLine={false}
            stroke="var(--line-strong)"
          />
          <YAxis
            domain={[0, top]}
            ticks={[0, top / 2, top]}
            tickFormatter={(value: number) => withUnit(value, unit, language)}
            width={68}
            tick={tickStyle}
            tickLine={false}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ active, payload }) => {
              // Recharts hands back the row that it was given.
              const row = payload?.[0]?.payload as ChartRow | undefined;
              return active && row !== undefined ? <PlotTooltip row={row} series={series} unit={unit} /> : null;
            }}
          />
          {series.map(bandOf)}
          {series.map(lineOf)}
        </ComposedChart>
      </ResponsiveContainer>
      <EndLabels history={history} series={series} top={top} width={labels} />
    </div>
  );
}

function bandOf({ name }: ChartSeries, line: number) {
  return (
    <Area
      key={`band ${name}`}
      dataKey={`band${line}`}
      fill={`var(--series-${line + 1})`}
      fillOpacity={0.16}
      stroke="none"
      isAnimationActive={false}
      connectNulls={false}
      activeDot={false}
    />
  );
}

/** A line of one point or two would not be seen without its dots. */
function lineOf({ name, points }: ChartSeries, line: number) {
  const colour = `var(--series-${line + 1})`;
  const isShort = points.filter((point) => point != null).length < 3;
  return (
    <Line
      key={name}
      className={`series-dash-${line}`}
      dataKey={`mean${line}`}
      stroke={colour}
      strokeWidth={1.5}
      dot={isShort ? { r: 2, fill: colour } : false}
      activeDot={{ r: 3 }}
      isAnimationActive={false}
      connectNulls={false}
    />
  );
}

/** Room for the longest name, in pixels. */
function labelsWidth(series: readonly ChartSeries[]): number {
  const letters = Math.max(...series.map(({ label }) => label.length));
  return Math.min(LABELS_MAX, Math.ceil(letters * LABEL_LETTER) + 14);
}

interface EndLabelsProps extends Pick<ChartPlotProps, 'history' | 'series'> {
  readonly top: number;
  readonly width: number;
}

/** The name of each line beside its end, none over another. */
function EndLabels({ history, series, top, width }: EndLabelsProps) {
  const plot = HEIGHT - TOP - AXIS;
  const lines = series.map((line, place) => ({ line, place, last: summaryOf(history, line)?.last }));
  const shown = lines.filter(({ last }) => last !== undefined);
  const wishes = shown.map(({ last = 0 }) => TOP + plot * (1 - last / top) - LABEL_HEIGHT / 2);
  const tops = spread(wishes, LABEL_HEIGHT, HEIGHT - AXIS + LABEL_HEIGHT / 2);
  return shown.map(({ line, place }, index) => (
    <span
      key={line.name}
      className="pointer-events-none absolute right-0 truncate text-[11px] leading-[15px]"
      style={{ top: tops[index], width: width - 4, color: `var(--series-${place + 1})` }}
    >
      {line.label}
    </span>
  ));
}

function PlotTooltip({ row, series, unit }: { readonly row: ChartRow } & Pick<ChartPlotProps, 'series' | 'unit'>) {
  const language = useLanguage();
  const time = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });
  return (
    <table className="rounded-control border border-line bg-surface text-caption shadow-float">
      <caption className="px-2 pt-1 text-left text-muted">{time.format(row.atMs)}</caption>
      <tbody>
        {series.map(({ name, label }, line) => {
          const mean = row[`mean${line}`];
          const band = row[`band${line}`];
          if (mean === undefined || band === undefined) return null;
          return (
            <tr key={name}>
              <th scope="row" className="px-2 text-left font-medium">
                {label}
              </th>
              <td className="px-2 text-right">{withUnit(mean, unit, language)}</td>
              <td className="px-2 text-right text-muted">
                {withUnit(band[0], unit, language)} – {withUnit(band[1], unit, language)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
