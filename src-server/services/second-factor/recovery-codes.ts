import { createHash, randomBytes } from 'node:crypto';
import type { UserId } from '../../domain/ids.ts';
import { fromBase32, toBase32 } from '../../storage/base32-text.ts';

const CODES = 10;
/** 80 bits: more than anybody tries, even with the hashes at hand. Sixteen characters. */
const CODE_BYTES = 10;
const CODE_LENGTH = 16;

/** Ten fresh codes, each good once: for their owner's eyes, and as the catalogue has them. */
export function newRecoveryCodes(userId: UserId): { readonly codes: string[]; readonly hashes: Buffer[] } {
  const made = Array.from({ length: CODES }, () => randomBytes(CODE_BYTES));
  const codes = made.map((bytes) => (toBase32(bytes).toLowerCase().match(/.{4}/g) ?? []).join('-'));
  return { codes, hashes: made.map((bytes) => hashOf(userId, bytes)) };
}

/** The hash of what a person typed, undefined for what is no code at all. */
export function hashRecoveryCode(userId: UserId, typed: string): Buffer | undefined {
  if (typed.replaceAll(/[\s-]/g, '').length !== CODE_LENGTH) return undefined;
  const bytes = fromBase32(typed);
  return bytes?.byteLength === CODE_BYTES ? hashOf(userId, bytes) : undefined;
}

/** Codes are random, so a plain SHA-256 gives nothing away; the user makes a code of one no code of another. */
function hashOf(userId: UserId, code: Uint8Array): Buffer {
  return createHash('sha256').update(`recovery code of ${userId}:`).update(code).digest();
}
