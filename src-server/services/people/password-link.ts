import { createHash, randomBytes } from 'node:crypto';
import type { EpochMs } from '../../domain/ids.ts';

const TOKEN_BYTES = 32;
const TOKEN = /^[\w-]{43}$/;
/** A link that nobody used ends after so long. */
export const PASSWORD_LINK_LIFE_MS = 7 * 24 * 3_600_000;

/** A link's token, shown once: whoever has it chooses the password. */
export interface PasswordLink {
  readonly token: string;
  readonly expiresAtMs: EpochMs;
}

/** A fresh link, and the hash that is stored of its token. */
export function newPasswordLink(nowMs: EpochMs): PasswordLink & { readonly tokenHash: Buffer } {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  // A time, as its parts are.
  return { token, tokenHash: hashLinkToken(token), expiresAtMs: (nowMs + PASSWORD_LINK_LIFE_MS) as EpochMs };
}

/** Can this text be a token at all? */
export function isLinkToken(text: string): boolean {
  return TOKEN.test(text);
}

/** It is random, so a plain SHA-256 gives nothing away. */
export function hashLinkToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
