import { createHash, randomBytes } from 'node:crypto';
import type { EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** What a caller of STS is given, this once. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresMs: EpochMs;
}

/** The same as the catalogue keeps it: nothing of it in clear. */
export interface SealedCredentials {
  readonly accessKeyId: string;
  readonly tokenHash: Uint8Array;
  readonly sealedSecret: Uint8Array;
}

const KEY_ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const KEY_ID_RANDOM_LENGTH = 16;
const SECRET_BYTES = 30;
const TOKEN_BYTES = 96;

/** Random temporary credentials in AWS's form (`ASIA…`), and their sealed twin. */
export function newTemporaryCredentials(
  context: ServiceContext,
  expiresMs: EpochMs,
): { readonly credentials: TemporaryCredentials; readonly sealed: SealedCredentials } {
  const letters = [...randomBytes(KEY_ID_RANDOM_LENGTH)].map((byte) => KEY_ID_ALPHABET[byte & 31]);
  const accessKeyId = `ASIA${letters.join('')}`;
  const secretAccessKey = randomBytes(SECRET_BYTES).toString('base64');
  const sessionToken = randomBytes(TOKEN_BYTES).toString('base64');
  return {
    credentials: { accessKeyId, secretAccessKey, sessionToken, expiresMs },
    sealed: {
      accessKeyId,
      tokenHash: createHash('sha256').update(sessionToken).digest(),
      sealedSecret: context.keys.sealSecret(secretAccessKey, accessKeyId),
    },
  };
}
