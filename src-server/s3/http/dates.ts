let cachedSecond = -1;
let cachedHttpDate = '';

/**
 * An RFC 9110 date (`Sun, 06 Nov 1994 08:49:37 GMT`), as Last-Modified and Date show it. Parts of a second are cut.
 *
 * @param ms milliseconds since 1970
 */
export function httpDate(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== cachedSecond) {
    cachedHttpDate = new Date(second * 1000).toUTCString();
    cachedSecond = second;
  }
  return cachedHttpDate;
}

let isoSecond = -1;
let cachedIsoDate = '';

/**
 * A timestamp as S3's XML shows it: `2009-10-12T17:50:30.000Z`. Parts of a second are cut, as in Last-Modified, so that a
 * listing and a header say the same of an object.
 *
 * @param ms milliseconds since 1970
 */
export function isoDate(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== isoSecond) {
    cachedIsoDate = new Date(second * 1000).toISOString();
    isoSecond = second;
  }
  return cachedIsoDate;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, and mail's offsets (`+0000`) in place of GMT. */
const MAIL_DATE =
  /^(?:[a-z]{3,9}, ?)?(?<day>\d{1,2})[ -](?<month>[a-z]{3})[ -](?<year>\d{4}|\d{2}) (?<time>\d{2}:\d{2}:\d{2}) (?<zone>gmt|utc|[+-]\d{4})$/i;
/** `Sun Nov  6 08:49:37 1994`: UTC, though it does not say so. */
const ASCTIME = /^[a-z]{3} (?<month>[a-z]{3}) (?<day>[ \d]\d) (?<time>\d{2}:\d{2}:\d{2}) (?<year>\d{4})$/i;
const ISO_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a date of a condition header (`If-Modified-Since`, …) or `Date`: RFC 9110 with its two obsolete forms, RFC 5322's
 * offsets, or ISO 8601 with a zone. Answers undefined for anything else, which such a header's rule then ignores
 * (RFC 9110 §13.1.3); never does the machine's time zone count.
 *
 * @returns milliseconds since 1970
 */
export function parseHttpDate(text: string): number | undefined {
  if (text.length > 64) return undefined;
  if (ISO_DATE.test(text)) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? undefined : ms;
  }
  const { day, month, year, time, zone } = (MAIL_DATE.exec(text) ?? ASCTIME.exec(text))?.groups ?? {};
  if (day === undefined || month === undefined || year === undefined || time === undefined) return undefined;
  const monthIndex = MONTHS.indexOf(month.toLowerCase());
  if (monthIndex === -1) return undefined;
  const two = (n: number) => String(n).padStart(2, '0');
  const stamp = `${fullYear(year)}${two(monthIndex + 1)}${two(Number(day))}T${time.replaceAll(':', '')}Z`;
  const ms = parseBasicIsoDate(stamp);
  return ms === undefined ? undefined : ms - offsetMs(zone);
}

/** Two digits mean this century up to 69, as POSIX has it. */
function fullYear(year: string): string {
  if (year.length === 4) return year;
  return `${Number(year) < 70 ? '20' : '19'}${year}`;
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || !/^[+-]/.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/**
 * Reads `YYYYMMDD'T'HHMMSS'Z'` (SigV4). Answers undefined unless it is exactly that and names a real moment.
 *
 * @returns milliseconds since 1970
 */
export function parseBasicIsoDate(text: string): number | undefined {
  if (text.length !== 16 || text[8] !== 'T' || text[15] !== 'Z') return undefined;
  const day = digits(text, 0, 8);
  const time = digits(text, 9, 15);
  if (day === undefined || time === undefined) return undefined;
  const year = Math.floor(day / 10_000);
  const month = Math.floor(day / 100) % 100;
  const hour = Math.floor(time / 10_000);
  const minute = Math.floor(time / 100) % 100;
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || time % 100 > 59) return undefined;
  const ms = Date.UTC(year, month - 1, day % 100, hour, minute, time % 100);
  return new Date(ms).getUTCDate() === day % 100 ? ms : undefined;
}

function digits(text: string, from: number, to: number): number | undefined {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}
