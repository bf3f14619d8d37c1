/*
 * How measurements become history: a value each ten seconds, then windows of five minutes, an hour and a day that keep what
 * was least and greatest in them, so that a peak is still a peak a year later.
 */

/** Least, mean and greatest of a window, and how many values went into the mean. */
export type Stat = readonly [min: number, mean: number, max: number, count: number];

/** What was measured at a time or over a window, by name. A name that is missing was not measured. */
export interface Sample {
  /** Epoch milliseconds; of a window its beginning, a multiple of its length. */
  readonly atMs: number;
  readonly values: Readonly<Record<string, Stat>>;
}

export interface HistoryLevel {
  readonly stepMs: number;
  /** Older samples of this level are forgotten. */
  readonly keepMs: number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Finest first; each is made of the one before it. */
export const HISTORY_LEVELS = [
  { stepMs: 10 * SECOND, keepMs: 3 * HOUR },
  { stepMs: 5 * MINUTE, keepMs: 3 * DAY },
  { stepMs: HOUR, keepMs: 40 * DAY },
  { stepMs: DAY, keepMs: 5 * 366 * DAY },
] as const satisfies readonly HistoryLevel[];

/** What a chart may show: how far back, in which steps. Each is at most 600 points. */
export const HISTORY_RANGES = {
  '1h': { spanMs: HOUR, level: 0, stepMs: 10 * SECOND },
  '24h': { spanMs: DAY, level: 1, stepMs: 5 * MINUTE },
  '7d': { spanMs: 7 * DAY, level: 2, stepMs: HOUR },
  '30d': { spanMs: 30 * DAY, level: 2, stepMs: 2 * HOUR },
  '1y': { spanMs: 365 * DAY, level: 3, stepMs: DAY },
} as const;
export type HistoryRange = keyof typeof HISTORY_RANGES;

/** Beginning of the window of this length in which a time lies. */
export function windowOf(atMs: number, stepMs: number): number {
  return Math.floor(atMs / stepMs) * stepMs;
}

/** One value, as the finest level keeps it. */
export function single(value: number): Stat {
  return [value, value, value, 1];
}

/** Two stats of one name as one: means by the number of values behind them. */
function merge(a: Stat, b: Stat): Stat {
  const count = a[3] + b[3];
  return [Math.min(a[0], b[0]), (a[1] * a[3] + b[1] * b[3]) / count, Math.max(a[2], b[2]), count];
}

/** Samples gathered into windows of `stepMs`, oldest first. A window without samples does not appear: a gap stays a gap. */
export function rollUp(samples: readonly Sample[], stepMs: number): Sample[] {
  const windows = new Map<number, Record<string, Stat>>();
  for (const { atMs, values } of samples) {
    const start = windowOf(atMs, stepMs);
    const window = windows.get(start) ?? {};
    windows.set(start, window);
    for (const [name, stat] of Object.entries(values)) {
      const known = Object.hasOwn(window, name) ? window[name] : undefined;
      window[name] = known === undefined ? stat : merge(known, stat);
    }
  }
  return [...windows].sort(([a], [b]) => a - b).map(([atMs, values]) => ({ atMs, values }));
}
