import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { CredentialScope, SigningService } from './credential-scope.ts';

/** A day's key for one access key, region and service, and for which secret it was derived. */
interface CachedKey {
  readonly secret: string;
  readonly date: string;
  readonly region: string;
  readonly service: SigningService;
  readonly key: KeyObject;
}

const MAX_CACHED_KEYS = 4096;
const cache = new Map<string, CachedKey>();

/**
 * SigV4's signing key, from this thread's cache: deriving it costs four HMACs, more than the rest of a small request's
 * authentication. A changed secret derives anew. KeyObjects because Node 24 is slow with raw HMAC keys.
 *
 * @param scope what the request is signed for
 */
export function signingKey(
  accessKeyId: string,
  secret: string,
  scope: Pick<CredentialScope, 'date' | 'region' | 'service'>,
): KeyObject {
  const { date, region, service } = scope;
  const known = cache.get(accessKeyId);
  if (
    known !== undefined &&
    known.date === date &&
    known.region === region &&
    known.service === service &&
    known.secret === secret
  )
    return known.key;
  if (known === undefined && cache.size >= MAX_CACHED_KEYS) cache.clear();
  const key = createSecretKey(derive(secret, date, region, service));
  cache.set(accessKeyId, { secret, date, region, service, key });
  return key;
}

function derive(secret: string, date: string, region: string, service: SigningService): Buffer {
  const ofDate = hmac(`AWS4${secret}`, date);
  return hmac(hmac(hmac(ofDate, region), service), 'aws4_request');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

/** Lower-case hex HMAC-SHA256 of `text` (UTF-8). */
export function hmacHex(key: KeyObject, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}
