import { createHash, createHmac, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;
const ID_BYTES = 12;
const TOKEN = /^[\w-]{43}$/;

/** A fresh secret for a cookie: 32 random bytes, base64url. */
export function newSessionToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** A name for a session, which says nothing of its token. */
export function newSessionId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

/** Can this text be a token at all? */
export function isSessionToken(text: string): boolean {
  return TOKEN.test(text);
}

/** What is stored of a token. It is random, so a plain SHA-256 gives nothing away. */
export function hashSessionToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** What requests of this session that change anything must carry; only who holds the session is ever told it. */
export function csrfTokenOf(token: string): string {
  return createHmac('sha256', token).update('csrf').digest('base64url');
}
