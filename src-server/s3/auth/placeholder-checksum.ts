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
const ALGORITHM = 'x-amz-sdk-checksum-algorithm';
const NONE: ReadonlySet<string> = new Set();

/**
 * The query parameters of a presigned URL that say nothing of the body that follows, by lower-case name.
 *
 * SDKs since 2025 sign the checksum of the empty body into every URL for an upload, whatever will be sent to it (aws-sdk-js-v3
 * since 3.729): nothing is said of a body that the signer did not have. Others name an algorithm and give no value. S3 is
 * reported to look at no checksum of a query (aws/aws-sdk#480, aws-sdk-go-v2#2610); here those that say something are held
 * against the body. Case does not count: Go writes `X-Amz-Checksum-Crc32`.
 */
export function placeholderParameters(
  params: ReadonlyMap<string, string>,
  headers: RequestHeaders,
): ReadonlySet<string> {
  const given = new Map<string, string>();
  for (const [name, value] of params) given.set(name.toLowerCase(), value);
  const length = headers.get('content-length');
  const hasBody = (length !== undefined && length !== '0') || headers.has('transfer-encoding');
  const empty = hasBody ? HEADERS.find(([name, value]) => given.get(name) === value) : undefined;
  if (empty !== undefined) return new Set([empty[0], ALGORITHM]);
  const hasValue = HEADERS.some(([name]) => given.has(name) || headers.has(name)) || headers.has('x-amz-trailer');
  return given.has(ALGORITHM) && !hasValue ? new Set([ALGORITHM]) : NONE;
}
