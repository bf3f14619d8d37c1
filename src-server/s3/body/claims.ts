import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumHeader,
  decodeChecksum,
  parseChecksumAlgorithm,
} from '../../domain/checksum.ts';
import { Failure } from '../../domain/failure.ts';
import type { RequestHeaders } from '../http/request-headers.ts';
import type { AnyOperationRow } from '../operation-table/row.ts';

/** What a request says about its body before the first byte of it. */
export interface BodyClaims {
  readonly contentMd5: Uint8Array | undefined;
  /** From a header (or the query of a presigned URL). */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: Uint8Array } | undefined;
  /** Announced by `x-amz-trailer`; its value comes after the last byte. */
  readonly trailerAlgorithm: ChecksumAlgorithm | undefined;
}

const NAMES = CHECKSUM_ALGORITHMS.map((algorithm) => [algorithm, checksumHeader(algorithm)] as const);
const PREFIX = 'x-amz-checksum-';

/**
 * Reads Content-MD5, `x-amz-checksum-*`, `x-amz-trailer` and `x-amz-sdk-checksum-algorithm`, and checks that they agree.
 * Throws InvalidDigest, InvalidRequest, NotImplemented.
 */
export function readBodyClaims(headers: RequestHeaders, row: AnyOperationRow): BodyClaims {
  const contentMd5 = readContentMd5(headers.get('content-md5'));
  const trailerAlgorithm = readTrailerName(headers.get('x-amz-trailer'));
  const checksum = row.checksumHeadersOf === 'object' ? undefined : readChecksumHeader(headers);
  if (checksum !== undefined && trailerAlgorithm !== undefined) throw severalChecksums();
  checkSdkAlgorithm(headers.get('x-amz-sdk-checksum-algorithm'), checksum?.algorithm ?? trailerAlgorithm, row);
  const isLocking = asksForLock(headers, row);
  if (
    (row.checksumRequired === true || isLocking) &&
    contentMd5 === undefined &&
    checksum === undefined &&
    trailerAlgorithm === undefined
  ) {
    throw new Failure('InvalidRequest', isLocking ? LOCK_NEEDS_DIGEST : NEEDS_DIGEST);
  }
  return { contentMd5, checksum, trailerAlgorithm };
}

const NEEDS_DIGEST = 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*';
const LOCK_NEEDS_DIGEST =
  'Content-MD5 OR x-amz-checksum- HTTP header is required for Put Object requests with Object Lock parameters';
const LOCK_HEADERS = ['x-amz-object-lock-mode', 'x-amz-object-lock-retain-until-date', 'x-amz-object-lock-legal-hold'];

/** What nobody may replace must be what was meant (AmazonS3/latest/API/API_PutObject, Content-MD5). */
function asksForLock(headers: RequestHeaders, row: AnyOperationRow): boolean {
  return (row.action === 'PutObject' || row.action === 'PostObject') && LOCK_HEADERS.some((name) => headers.has(name));
}

/** Reads the value of a trailing checksum. Throws MalformedTrailerError, InvalidRequest. */
export function readTrailerChecksum(
  trailers: ReadonlyMap<string, string>,
  announced: ChecksumAlgorithm | undefined,
): Uint8Array | undefined {
  const name = announced === undefined ? undefined : checksumHeader(announced);
  for (const key of trailers.keys()) {
    if (key !== name) throw new Failure('MalformedTrailerError');
  }
  if (announced === undefined || name === undefined) return undefined;
  const value = trailers.get(name);
  if (value === undefined) throw new Failure('MalformedTrailerError');
  return decoded(announced, name, value);
}

function readContentMd5(value: string | undefined): Uint8Array | undefined {
  if (value === undefined) return undefined;
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 16 || bytes.toString('base64') !== value) {
    throw new Failure('InvalidDigest', undefined, { fields: { 'Content-MD5': value } });
  }
  return bytes;
}

function readChecksumHeader(headers: RequestHeaders): BodyClaims['checksum'] {
  let found: BodyClaims['checksum'];
  for (const [algorithm, name] of NAMES) {
    const value = headers.get(name);
    if (value === undefined) continue;
    if (found !== undefined) throw severalChecksums();
    found = { algorithm, value: decoded(algorithm, name, value) };
  }
  return found;
}

function readTrailerName(value: string | undefined): ChecksumAlgorithm | undefined {
  if (value === undefined || value === '') return undefined;
  const name = value.trim().toLowerCase();
  if (name.startsWith(PREFIX)) {
    const algorithm = parseChecksumAlgorithm(name.slice(PREFIX.length));
    if (algorithm !== undefined) return algorithm;
    if (/^x-amz-checksum-(sha512|md5|xxhash64|xxhash3|xxhash128)$/.test(name)) {
      throw new Failure('NotImplemented', undefined, { fields: { Header: name } });
    }
  }
  throw new Failure('InvalidRequest', 'The value specified in the x-amz-trailer header is not supported');
}

function checkSdkAlgorithm(value: string | undefined, used: ChecksumAlgorithm | undefined, row: AnyOperationRow): void {
  if (value === undefined || row.body === 'none') return;
  const named = parseChecksumAlgorithm(value);
  if (named === undefined)
    throw new Failure('InvalidRequest', 'Value for x-amz-sdk-checksum-algorithm header is invalid.');
  if (used === undefined) {
    throw new Failure(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
    );
  }
  if (used !== named) throw new Failure('InvalidRequest', 'Value for x-amz-sdk-checksum-algorithm header is invalid.');
}

function decoded(algorithm: ChecksumAlgorithm, name: string, value: string): Uint8Array {
  const bytes = decodeChecksum(algorithm, value);
  if (bytes === undefined) throw new Failure('InvalidRequest', `Value for ${name} header is invalid.`);
  return bytes;
}

function severalChecksums(): Failure {
  return new Failure(
    'InvalidRequest',
    'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
  );
}
