import type { PaceSettings, QuietDays } from './engine/quiet-hours.ts';

const MEGABYTE = 1_000_000;
const MINUTES_PER_HOUR = 60;

/** The settings as they stand in the form. Rates in MB/s, times as `08:00`. */
export interface PaceDraft {
  readonly hasLimit: boolean;
  readonly rate: string;
  readonly hasQuiet: boolean;
  readonly from: string;
  readonly until: string;
  readonly days: QuietDays;
  readonly quietRate: string;
}

export function draftOf({ bytesPerSecond, quiet }: PaceSettings): PaceDraft {
  return {
    hasLimit: bytesPerSecond !== undefined,
    rate: String((bytesPerSecond ?? 10 * MEGABYTE) / MEGABYTE),
    hasQuiet: quiet !== undefined,
    from: timeOf(quiet?.fromMinute ?? 8 * MINUTES_PER_HOUR),
    until: timeOf(quiet?.untilMinute ?? 18 * MINUTES_PER_HOUR),
    days: quiet?.days ?? 'working',
    quietRate: String((quiet?.bytesPerSecond ?? 2 * MEGABYTE) / MEGABYTE),
  };
}

/** What was entered; undefined where a rate or a time that is wanted cannot be read. */
export function readDraft(draft: PaceDraft): PaceSettings | undefined {
  const bytesPerSecond = rateOf(draft.rate);
  const quietRate = rateOf(draft.quietRate);
  const fromMinute = minuteOf(draft.from);
  const untilMinute = minuteOf(draft.until);
  if (draft.hasLimit && bytesPerSecond === undefined) return undefined;
  const limit = draft.hasLimit ? bytesPerSecond : undefined;
  if (!draft.hasQuiet) return { bytesPerSecond: limit, quiet: undefined };
  if (quietRate === undefined || fromMinute === undefined || untilMinute === undefined) return undefined;
  return {
    bytesPerSecond: limit,
    quiet: { fromMinute, untilMinute, days: draft.days, bytesPerSecond: quietRate },
  };
}

/** `2`, `0.5`, `0,5`: from 0.1 to 10,000 MB/s. */
function rateOf(text: string): number | undefined {
  const rate = Number(text.trim().replace(',', '.'));
  return rate >= 0.1 && rate <= 10_000 ? Math.round(rate * MEGABYTE) : undefined;
}

function minuteOf(text: string): number | undefined {
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hour === undefined ? undefined : Number(hour) * MINUTES_PER_HOUR + Number(minute);
}

function timeOf(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / MINUTES_PER_HOUR))}:${two(minute % MINUTES_PER_HOUR)}`;
}
