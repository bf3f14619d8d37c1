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

/**
 * Reads a date of a condition header (`If-Modified-Since`, …): RFC 9110 with its two obsolete forms, or ISO 8601.
 * Answers undefined for anything else, which such a header's rule then ignores (RFC 9110 §13.1.3).
 *
 * @returns milliseconds since 1970
 */
export function parseHttpDate(text: string): number | undefined {
  if (text.length < 10 || text.length > 64) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
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
