import { randomBytes } from 'node:crypto';
import { accountIdFrom, canonicalIdFrom } from '../../domain/account.ts';

/** The two halves of an access key, in clear: for its owner's eyes only. */
export interface AccessKeyPair {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const KEY_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KEY_ID_RANDOM_LENGTH = 16;
const SECRET_BYTES = 30;

/** A random access key in AWS's form: an id of 20 letters and digits, a secret of 40 characters (240 bits). */
export function newAccessKeyPair(): AccessKeyPair {
  const letters = [...randomBytes(KEY_ID_RANDOM_LENGTH)].map((byte) => KEY_ID_ALPHABET[byte & 31]);
  return { accessKeyId: `STOW${letters.join('')}`, secretAccessKey: randomBytes(SECRET_BYTES).toString('base64url') };
}

/** Ids for a user who may have to be made. */
export function newAccountIds(): { readonly canonicalId: string; readonly accountId: string } {
  return { canonicalId: canonicalIdFrom(randomBytes(32)), accountId: accountIdFrom(randomBytes(8)) };
}
