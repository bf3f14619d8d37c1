/** Steps of 1000 or of 1024. */
export const BYTE_UNITS = ['si', 'iec'] as const;
export type ByteUnits = (typeof BYTE_UNITS)[number];

const STEPS_OF: Readonly<Record<ByteUnits, { readonly step: number; readonly names: readonly string[] }>> = {
  si: { step: 1000, names: ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] },
  iec: { step: 1024, names: ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] },
};
let shownUnits: ByteUnits = 'si';

/** What sizes are said in from now on where nothing else is asked for. */
export function showBytesIn(units: ByteUnits): void {
  shownUnits = units;
}

/** `1.4 TB`, or `1.3 TiB` where the viewer chose so: at most one digit behind the point and none from 100 on. */
export function formatBytes(bytes: number, language: string, units: ByteUnits = shownUnits): string {
  const { step, names } = STEPS_OF[units];
  let value = bytes;
  let unit = 0;
  while (Math.round(value) >= step && unit < names.length - 1) {
    value /= step;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)}\u00a0${names[unit]}`;
}

/** `1,204 bytes` for who wants it exactly. */
export function formatExactBytes(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(bytes);
}

export function formatCount(count: number, language: string): string {
  return new Intl.NumberFormat(language).format(count);
}

const MINUTE_MS = 60_000;
const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', MINUTE_MS],
  ['second', 1000],
];
const RELATIVE_UNTIL_MS = 7 * 86_400_000;

/** `3 min. ago` within a week, else the date. Under five seconds it is now. */
export function formatTime(atMs: number, nowMs: number, language: string): string {
  const passedMs = wholeAhead(nowMs - atMs);
  if (Math.abs(nowMs - atMs) >= RELATIVE_UNTIL_MS) {
    return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(atMs);
  }
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (Math.abs(passedMs) < 5000) return relative.format(0, 'second');
  const [unit, lengthMs] = STEPS.find(([, length]) => Math.abs(passedMs) >= length) ?? (['second', 1000] as const);
  return relative.format(-Math.trunc(passedMs / lengthMs), unit);
}

/** `00:05:10`, in every language: for lists in which every line has one. */
export function formatClock(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(atMs);
}

/** What ends in a week is said to end in seven days, not in six and the rest: what is ahead counts in whole minutes. */
function wholeAhead(passedMs: number): number {
  return passedMs > -MINUTE_MS ? passedMs : Math.round(passedMs / MINUTE_MS) * MINUTE_MS;
}

/** Day, time and zone. */
export function formatExactTime(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'long' }).format(atMs);
}

/** Day and time to the second, as short as that can be said. */
export function formatMoment(atMs: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(atMs);
}

/** `0.2`, `9.4`, `310`: three digits at most that say something. */
export function formatNumber(value: number, language: string): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}
