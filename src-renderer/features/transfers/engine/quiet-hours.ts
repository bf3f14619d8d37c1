export const QUIET_DAYS = ['working', 'every'] as const;
export type QuietDays = (typeof QUIET_DAYS)[number];

/** A part of the day in which uploads leave room for others. Minutes of the day by this computer's clock. */
interface QuietHours {
  readonly fromMinute: number;
  /** Before `fromMinute`: on the next day. */
  readonly untilMinute: number;
  /** Of the day on which they begin; `working`: Monday to Friday. */
  readonly days: QuietDays;
  readonly bytesPerSecond: number;
}

/** How fast this browser may upload. */
export interface PaceSettings {
  /** At all times. */
  readonly bytesPerSecond: number | undefined;
  readonly quiet: QuietHours | undefined;
}

export const NO_LIMITS: PaceSettings = { bytesPerSecond: undefined, quiet: undefined };

/** What holds at a moment. */
export interface PaceLimit {
  readonly bytesPerSecond: number | undefined;
  /** When another limit holds; undefined where none of that is known. */
  readonly untilMs: number | undefined;
  readonly isQuiet: boolean;
}

/** The limit that holds at `atMs`, and until when: in quiet hours the lower one of the two. */
export function limitAt(settings: PaceSettings, atMs: number): PaceLimit {
  const { bytesPerSecond, quiet } = settings;
  if (quiet === undefined) return { bytesPerSecond, untilMs: undefined, isQuiet: false };
  const always = bytesPerSecond ?? Number.POSITIVE_INFINITY;
  // Yesterday's may reach into today; the next ones begin in a week at most.
  for (let day = -1; day <= 7; day += 1) {
    const { startMs, endMs } = hoursOf(quiet, atMs, day);
    if (endMs <= atMs || !isQuietDay(quiet.days, new Date(startMs).getDay())) continue;
    const isQuiet = startMs <= atMs;
    const isLower = quiet.bytesPerSecond < always;
    return {
      bytesPerSecond: isQuiet && isLower ? quiet.bytesPerSecond : bytesPerSecond,
      untilMs: isLower ? (isQuiet ? endMs : startMs) : undefined,
      isQuiet: isQuiet && isLower,
    };
  }
  return { bytesPerSecond, untilMs: undefined, isQuiet: false };
}

/** Beginning and end of the quiet hours that begin so many days after that of `atMs`. Days are not all 24 hours long. */
function hoursOf({ fromMinute, untilMinute }: QuietHours, atMs: number, day: number) {
  const at = new Date(atMs);
  const momentOf = (minute: number, days: number) =>
    new Date(at.getFullYear(), at.getMonth(), at.getDate() + days, 0, minute).getTime();
  const isOverMidnight = untilMinute <= fromMinute;
  return { startMs: momentOf(fromMinute, day), endMs: momentOf(untilMinute, day + (isOverMidnight ? 1 : 0)) };
}

function isQuietDay(days: QuietDays, weekday: number): boolean {
  const SUNDAY = 0;
  const SATURDAY = 6;
  return days === 'every' || (weekday !== SUNDAY && weekday !== SATURDAY);
}

/** Windows that an estimate looks at: more than a month of working days. */
const MOST_WINDOWS = 64;

/**
 * How long `bytes` take, ms, at the speed that is measured now and the limits that will hold. After a limit ends nothing is
 * known of the line, so the estimate goes on at the limit's rate: it never promises too much. Undefined where nothing moves.
 */
export function timeUnderLimits(
  settings: PaceSettings,
  nowMs: number,
  bytes: number,
  bytesPerSecond: number | undefined,
): number | undefined {
  const now = limitAt(settings, nowMs).bytesPerSecond;
  const measured = now === undefined ? bytesPerSecond : Math.min(now, bytesPerSecond ?? now);
  if (bytes <= 0) return 0;
  if (measured === undefined || measured <= 0) return undefined;
  let restBytes = bytes;
  let atMs = nowMs;
  for (let window = 0; window < MOST_WINDOWS; window += 1) {
    const limit = limitAt(settings, atMs);
    const rate =
      limit.bytesPerSecond === undefined ? measured : Math.min(limit.bytesPerSecond, rateAfter(measured, now, limit));
    const endMs = limit.untilMs ?? Number.POSITIVE_INFINITY;
    const sent = (rate * (endMs - atMs)) / 1000;
    if (sent >= restBytes) return atMs - nowMs + (restBytes / rate) * 1000;
    restBytes -= sent;
    atMs = endMs;
  }
  return atMs - nowMs + (restBytes / measured) * 1000;
}

/** A limit that was reached will be reached again where it is another one. */
function rateAfter(measured: number, now: number | undefined, { bytesPerSecond }: PaceLimit): number {
  const isAtLimit = now !== undefined && measured >= now * 0.8;
  return isAtLimit ? (bytesPerSecond ?? measured) : measured;
}
