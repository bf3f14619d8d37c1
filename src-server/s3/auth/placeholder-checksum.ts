import { type ChecksumAlgorithm, checksumHeader } from '../../domain/checksum.ts';
import type { RequestHeaders } from '../http/request-headers.ts';

/** The checksums of no bytes. */
const OF_NOTHING: Readonly<Record<ChecksumAlgorithm, string>> = {
  CRC32: 'AAAAAA==',
  CRC32C: 'AAAAAA==',
  CRC64NVME: 'AAAAAAAAAAA=',
  SHA1: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
  SHA256: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
};
// The keys of OF_NOTHING are the algorithms.
const HEADERS = (Object.keys(OF_NOTHING) as ChecksumAlgorithm[]).map(
  (algorithm) => [checksumHeader(algorithm), OF_NOTHING[algorithm]] as const,
);
const NONE: ReadonlySet<string> = new Set();

/**
 * The query parameters of a presigned URL that speak of a body its signer did not have. SDKs since 2025 sign the checksum of
 * the empty body into every URL for an upload, whatever will be sent to it (aws-sdk-js-v3 since 3.729), and S3 is reported
 * to look at no checksum of a query (aws/aws-sdk#480, aws-sdk-go-v2#2610). Here those that say something are held against the body;
 * this one says nothing where a body follows.
 */
export function placeholderParameters(
  params: ReadonlyMap<string, string>,
  headers: RequestHeaders,
): ReadonlySet<string> {
  const length = headers.get('content-length');
  const hasBody = (length !== undefined && length !== '0') || headers.has('transfer-encoding');
  if (!hasBody) return NONE;
  const found = HEADERS.find(([name, value]) => params.get(name) === value);
  return found === undefined ? NONE : new Set([found[0], 'x-amz-sdk-checksum-algorithm']);
}
