import { Failure } from './failure.ts';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Decodes a part of a raw request target once: percent-escapes to bytes, bytes to UTF-8. `+` stays a plus sign.
 * The text holds one character per byte of the wire (latin1), as node:http hands it out.
 * Throws InvalidURI for a broken escape or bytes that are not UTF-8.
 */
export function decodeUriPart(raw: string): string {
  let plain = true;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code > 0x7f) return decodeBytes(raw);
    if (code === 0x25) plain = false;
  }
  if (plain) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    throw new Failure('InvalidURI');
  }
}

/** As `decodeUriPart`, for names and values of a query string, where `+` is a space. */
export function decodeQueryPart(raw: string): string {
  return decodeUriPart(raw.includes('+') ? raw.replaceAll('+', ' ') : raw);
}

/** The raw target held bytes above ASCII: they count as themselves, beside the escapes. */
function decodeBytes(raw: string): string {
  const bytes = Buffer.allocUnsafe(raw.length);
  let length = 0;
  for (let i = 0; i < raw.length; i++) {
    const code = raw.charCodeAt(i);
    if (code !== 0x25) {
      bytes[length++] = code;
      continue;
    }
    const value = hexValue(raw.charCodeAt(i + 1)) * 16 + hexValue(raw.charCodeAt(i + 2));
    if (!(value >= 0)) throw new Failure('InvalidURI');
    bytes[length++] = value;
    i += 2;
  }
  try {
    return UTF8.decode(bytes.subarray(0, length));
  } catch {
    throw new Failure('InvalidURI');
  }
}

/** Value of a hex digit's character code, or NaN. */
export function hexValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : Number.NaN;
}
