import { Failure } from '../../domain/failure.ts';
import { decodeUriPart } from '../../domain/uri-encoding.ts';
import type { QueryString } from '../http/query-string.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import { urlEncode, urlEncodeKeepingSlash } from '../http/url-encode.ts';

/** The raw facts of a request that signatures cover. */
export interface SignedRequest {
  readonly method: string;
  /** Path part of the raw request target. */
  readonly rawPath: string;
  readonly query: QueryString;
  readonly headers: RequestHeaders;
}

const ENCODED = /[^A-Za-z0-9\-._~/]/;
const SPACES = /[ \t]{2,}/;

/**
 * The path as AWS's signers write it: decoded and encoded once, slashes as they are. A path that came encoded in another
 * way (`(`, `+`, `%2F`, lower-case escapes) so finds its signature; `sigv4.ts` also tries it as it came.
 */
export function canonicalPath(rawPath: string): string {
  return ENCODED.test(rawPath) ? urlEncodeKeepingSlash(decodeUriPart(rawPath)) : rawPath;
}

/** Sorted, encoded query string. @param except a parameter that is not part of what was signed */
export function canonicalQuery(query: QueryString, except?: string): string {
  if (query.pairs.length === 0) return '';
  const pairs: [string, string][] = [];
  for (const [name, value] of query.pairs) {
    if (name !== except) pairs.push([urlEncode(name), urlEncode(value)]);
  }
  // By code unit, not by locale: both sides are ASCII here.
  pairs.sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]));
  return pairs.map(([name, value]) => `${name}=${value}`).join('&');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * The canonical request of SigV4 (IAM user guide, "Create a signed AWS API request"), one character per byte.
 *
 * @param signedHeaders names as the client listed them
 */
export function canonicalRequest(
  request: SignedRequest,
  path: string,
  queryText: string,
  signedHeaders: readonly string[],
  payloadHash: string,
): string {
  let lines = '';
  for (const name of signedHeaders) lines += `${name}:${canonicalValue(request.headers.get(name) ?? '')}\n`;
  return `${request.method}\n${path}\n${queryText}\n${lines}\n${signedHeaders.join(';')}\n${payloadHash}`;
}

function canonicalValue(value: string): string {
  const trimmed = value.trim();
  return SPACES.test(trimmed) ? trimmed.replace(/[ \t]+/g, ' ') : trimmed;
}

/**
 * Checks the list of signed headers: it must hold `host`, every `x-amz-*` header that is present, and Content-MD5 where
 * present, so that nobody can add one to a request that somebody else signed. `x-amz-content-sha256` need not stand there, as
 * on AWS: the canonical request ends with it in any case. Throws AccessDenied.
 */
export function checkSignedHeaders(headers: RequestHeaders, signedHeaders: readonly string[]): void {
  let unsigned: string[] | undefined;
  for (const name of headers.names()) {
    const mustBeSigned = name === 'host' || name === 'content-md5' || name.startsWith('x-amz-');
    if (mustBeSigned && name !== 'x-amz-content-sha256' && !signedHeaders.includes(name)) {
      unsigned ??= [];
      unsigned.push(name);
    }
  }
  if (unsigned === undefined && signedHeaders.includes('host')) return;
  throw new Failure('AccessDenied', 'There were headers present in the request which were not signed', {
    fields: { HeadersNotSigned: (unsigned ?? ['host']).join(', ') },
  });
}
