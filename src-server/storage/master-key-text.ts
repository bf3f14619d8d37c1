import { hash } from 'node:crypto';
import { fromBase32, toBase32 } from './base32-text.ts';

export const MASTER_KEY_BYTES = 32;
/** One mistyped key in 16 million passes; with these three bytes the text is 14 groups of 4. */
const CHECK_BYTES = 3;
const GROUP = 4;

/** The master key as a person can copy it by hand: groups of four signs, a checksum in them. */
export function formatMasterKey(key: Uint8Array): string {
  const text = toBase32(Buffer.concat([key, checkOf(key)]));
  return text.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? text;
}

/** Reads `formatMasterKey`'s text as typed by a person, 64 hex digits, or base64. Undefined where it is none of them. */
export function parseMasterKey(text: string): Buffer | undefined {
  const trimmed = text.trim();
  if (/^[0-9a-fA-F]{64}$/.test(trimmed)) return Buffer.from(trimmed, 'hex');
  if (/^[A-Za-z0-9+/]{43}=$/.test(trimmed)) return Buffer.from(trimmed, 'base64');
  const bytes = fromBase32(trimmed);
  if (bytes?.length !== MASTER_KEY_BYTES + CHECK_BYTES) return undefined;
  const key = bytes.subarray(0, MASTER_KEY_BYTES);
  return checkOf(key).equals(bytes.subarray(MASTER_KEY_BYTES)) ? key : undefined;
}

function checkOf(key: Uint8Array): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from('stowage master key text 1\0'), key]), 'buffer').subarray(
    0,
    CHECK_BYTES,
  );
}
