import type { History } from './api/use-history.ts';

type Point = readonly [min: number, mean: number, max: number];

/** One line of a chart. */
export interface ChartSeries {
  readonly name: string;
  readonly label: string;
  readonly points: readonly (Point | null)[];
}

/** One step of a chart: mean and band of each line, by the line's place. A step nobody measured has none. */
export interface ChartRow {
  readonly atMs: number;
  readonly [line: `mean${number}`]: number | undefined;
  readonly [line: `band${number}`]: readonly [number, number] | undefined;
}

/** The lines that were asked for, in that order; one that was never measured is empty. */
export function seriesOf(
  history: History,
  wanted: readonly { readonly name: string; readonly label: string }[],
): ChartSeries[] {
  return wanted.map(({ name, label }) => ({
    name,
    label,
    points: history.series.find((series) => series.name === name)?.points ?? [],
  }));
}

export function rowsOf(
  { fromMs, stepMs }: Pick<History, 'fromMs' | 'stepMs'>,
  series: readonly ChartSeries[],
): ChartRow[] {
  const steps = Math.max(0, ...series.map(({ points }) => points.length));
  return Array.from({ length: steps }, (_, step) => {
    const row: Record<string, unknown> = { atMs: fromMs + step * stepMs };
    for (const [line, { points }] of series.entries()) {
      const point = points[step];
      if (point == null) continue;
      row[`mean${line}`] = point[1];
      row[`band${line}`] = [point[0], point[2]];
    }
    // Built above by the very rule of its type.
    return row as unknown as ChartRow;
  });
}

/** What a line comes to in a sentence. */
export interface Summary {
  readonly mean: number;
  readonly peak: number;
  readonly peakAtMs: number;
  readonly last: number;
}

/** Undefined where nothing was measured. */
export function summaryOf(
  { fromMs, stepMs }: Pick<History, 'fromMs' | 'stepMs'>,
  { points }: ChartSeries,
): Summary | undefined {
  let sum = 0;
  let count = 0;
  let peak = Number.NEGATIVE_INFINITY;
  let peakAtMs = fromMs;
  let last = 0;
  for (const [step, point] of points.entries()) {
    if (point == null) continue;
    sum += point[1];
    count += 1;
    last = point[1];
    if (point[2] <= peak) continue;
    peak = point[2];
    peakAtMs = fromMs + step * stepMs;
  }
  return count === 0 ? undefined : { mean: sum / count, peak, peakAtMs, last };
}

const STEPS = [1, 2, 2.5, 5, 10];

/** The least round number at or above `value`. Of bytes too: they are counted in powers of ten. */
export function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return (STEPS.find((step) => step * power >= value) ?? 10) * power;
}

/** Where labels of this height go so that none covers another: each as near its wish as it can be, in pixels from the top. */
export function spread(wishes: readonly number[], heightPx: number, untilPx: number): number[] {
  const order = wishes.map((wish, index) => ({ wish, index })).sort((a, b) => a.wish - b.wish);
  let free = 0;
  const placed = order.map(({ wish, index }) => {
    const top = Math.max(free, wish);
    free = top + heightPx;
    return { top, index };
  });
  let limit = untilPx;
  for (const label of placed.toReversed()) {
    label.top = Math.min(label.top, limit - heightPx);
    limit = label.top;
  }
  return wishes.map((_, index) => placed.find((label) => label.index === index)?.top ?? 0);
}

/** Ticks at round local times: at most `most` of them. */
export function timeTicks(fromMs: number, untilMs: number, most: number): number[] {
  const hours = 3_600_000;
  const lengths = [
    600_000,
    900_000,
    1_800_000,
    hours,
    3 * hours,
    6 * hours,
    12 * hours,
    24 * hours,
    48 * hours,
    7 * 24 * hours,
    14 * 24 * hours,
    61 * 24 * hours,
  ];
  const length = lengths.find((step) => (untilMs - fromMs) / step <= most) ?? 122 * 24 * hours;
  const zoneMs = new Date(untilMs).getTimezoneOffset() * 60_000;
  const first = Math.ceil((fromMs - zoneMs) / length) * length + zoneMs;
  const ticks: number[] = [];
  for (let at = first; at <= untilMs; at += length) ticks.push(at);
  return ticks;
}
