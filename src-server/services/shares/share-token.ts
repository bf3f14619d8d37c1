import { createHash, randomBytes } from 'node:crypto';
import { type KeyRing, WrongMasterKey } from '../../storage/key-ring.ts';

const TOKEN_BYTES = 24;
const ID_BYTES = 9;
const TOKEN = /^[\w-]{32}$/;

/** A fresh secret for an address: 192 random bits, base64url. */
export function newShareToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** A name for a link, which says nothing of its token. */
export function newShareId(): string {
  return randomBytes(ID_BYTES).toString('hex');
}

/** Can this text be a token, or a ticket, at all? */
export function isShareToken(text: string): boolean {
  return TOKEN.test(text);
}

/** What links and tickets are found by. They are random, so a plain SHA-256 gives nothing away. */
export function hashShareToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** The token for its maker's list, under the master key. */
export function sealShareToken(keys: KeyRing, id: string, token: string): Buffer {
  return keys.sealSecret(token, sealContext(id));
}

/** The token again; undefined where another master key sealed it. */
export function unsealShareToken(keys: KeyRing, id: string, sealed: Uint8Array): string | undefined {
  try {
    return keys.openSecret(sealed, sealContext(id));
  } catch (error) {
    if (error instanceof WrongMasterKey) return undefined;
    throw error;
  }
}

/** No access key can have such an id: a colon is not allowed in one. */
function sealContext(id: string): string {
  return `share:${id}`;
}
