import { parseBucketName } from '../../domain/bucket-name.ts';
import { Failure } from '../../domain/failure.ts';
import { parseObjectKey } from '../../domain/object-key.ts';
import { decodeUriPart } from '../../domain/uri-encoding.ts';
import type { Target } from '../operation.ts';

/** A request target as it stood on the wire, cut at its first `?`. */
export interface RawTarget {
  readonly path: string;
  readonly query: string;
}

const SERVICE: Target = { scope: 'service' };

/** Cuts the raw target of a request line. Throws InvalidURI unless it is in origin form. */
export function splitRawTarget(raw: string): RawTarget {
  if (raw.charCodeAt(0) !== 0x2f) throw new Failure('InvalidURI');
  const question = raw.indexOf('?');
  return question === -1 ? { path: raw, query: '' } : { path: raw.slice(0, question), query: raw.slice(question + 1) };
}

/**
 * The bucket that a Host header names under virtual-hosted addressing, or undefined: the label(s) before `.domain`.
 *
 * @param host raw header value, with or without a port
 */
export function bucketOfHost(host: string | undefined, domain: string | null): string | undefined {
  if (domain === null || host === undefined) return undefined;
  const colon = host.lastIndexOf(':');
  const name = (colon > host.lastIndexOf(']') ? host.slice(0, colon) : host).toLowerCase();
  const end = name.length - domain.length - 1;
  return end > 0 && name.charCodeAt(end) === 0x2e && name.endsWith(domain) ? name.slice(0, end) : undefined;
}

/**
 * What a request addresses. The path is decoded here and nowhere else; a key is taken as it is, with its slashes, dots and
 * escapes of escapes. Throws InvalidURI, InvalidBucketName, KeyTooLongError.
 *
 * @param hostBucket from `bucketOfHost`; then the whole path is the key
 */
export function parseTarget(rawPath: string, hostBucket: string | undefined): Target {
  if (hostBucket !== undefined) return bucketOrObject(hostBucket, rawPath.slice(1));
  if (rawPath === '/') return SERVICE;
  const slash = rawPath.indexOf('/', 1);
  return slash === -1
    ? bucketOrObject(decodeUriPart(rawPath.slice(1)), '')
    : bucketOrObject(decodeUriPart(rawPath.slice(1, slash)), rawPath.slice(slash + 1));
}

function bucketOrObject(bucketText: string, rawKey: string): Target {
  const bucket = parseBucketName(bucketText);
  return rawKey === ''
    ? { scope: 'bucket', bucket }
    : { scope: 'object', bucket, key: parseObjectKey(decodeUriPart(rawKey)) };
}
