/** Bytes used at the end of a day. */
export interface DailyUse {
  readonly atMs: number;
  readonly usedBytes: number;
}

/** When the room will be used up, if things go on as they did. */
export type Forecast =
  /** Too few days to say anything. */
  | { readonly kind: 'not-enough-history'; readonly days: number; readonly daysWanted: number }
  | { readonly kind: 'not-growing'; readonly bytesPerDay: number }
  /** Beyond five years a date would be a guess. */
  | { readonly kind: 'far-away'; readonly bytesPerDay: number }
  | {
      readonly kind: 'full-at';
      readonly bytesPerDay: number;
      readonly atMs: number;
      readonly earliestMs: number;
      /** Undefined where the slow end of the range does not grow, or lies beyond five years. */
      readonly latestMs: number | undefined;
    };

const DAY_MS = 86_400_000;
export const FORECAST_DAYS_WANTED = 7;
const FAR_MS = 5 * 365 * DAY_MS;
/** Of the slopes between pairs of days: the middle one is the trend, these are the ends of its range. */
const LOW_SHARE = 0.2;
const HIGH_SHARE = 0.8;
/** A day's growth below this share of what is used is noise. */
const STILL_SHARE = 1e-6;

/**
 * The trend by Theil and Sen: the median of the slopes between all pairs of days, which one day of a large import or a
 * deletion does not bend.
 *
 * @param days oldest first, at most some hundreds
 * @param freeBytes what is left now
 */
export function forecastFull(days: readonly DailyUse[], freeBytes: number, nowMs: number): Forecast {
  const first = days[0];
  const last = days.at(-1);
  const spanDays = first === undefined || last === undefined ? 0 : (last.atMs - first.atMs) / DAY_MS;
  if (days.length < FORECAST_DAYS_WANTED || spanDays < FORECAST_DAYS_WANTED - 1 || last === undefined) {
    return { kind: 'not-enough-history', days: days.length, daysWanted: FORECAST_DAYS_WANTED };
  }
  const slopes = slopesOf(days);
  const bytesPerDay = quantile(slopes, 0.5);
  if (bytesPerDay <= Math.max(1, last.usedBytes * STILL_SHARE)) return { kind: 'not-growing', bytesPerDay };
  const atMs = fullAt(freeBytes, bytesPerDay, nowMs);
  if (atMs === undefined) return { kind: 'far-away', bytesPerDay };
  const earliestMs = fullAt(freeBytes, quantile(slopes, HIGH_SHARE), nowMs) ?? atMs;
  const latestMs = fullAt(freeBytes, quantile(slopes, LOW_SHARE), nowMs);
  return { kind: 'full-at', bytesPerDay, atMs, earliestMs, latestMs };
}

/** Bytes a day between every two days, ascending. */
function slopesOf(days: readonly DailyUse[]): number[] {
  const slopes = days.flatMap((later, index) =>
    days
      .slice(0, index)
      .map((earlier) => ((later.usedBytes - earlier.usedBytes) * DAY_MS) / (later.atMs - earlier.atMs)),
  );
  return slopes.sort((a, b) => a - b);
}

function quantile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? 0;
}

function fullAt(freeBytes: number, bytesPerDay: number, nowMs: number): number | undefined {
  if (bytesPerDay <= 0) return undefined;
  const waitMs = (freeBytes / bytesPerDay) * DAY_MS;
  return waitMs > FAR_MS ? undefined : Math.round(nowMs + waitMs);
}
