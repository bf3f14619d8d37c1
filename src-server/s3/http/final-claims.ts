import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  checksumHeader,
  decodeChecksum,
  parseChecksumType,
} from '../../domain/checksum.ts';
import { Failure } from '../../domain/failure.ts';
import type { FinalClaims } from '../../domain/final-checks.ts';
import type { S3Request } from '../operation.ts';

const PARTS_SUFFIX = /-[1-9]\d{0,4}$/;

/**
 * Reads what a CompleteMultipartUpload says of the finished object: `x-amz-checksum-*` (of the object, not of the body),
 * `x-amz-checksum-type`, `x-amz-mp-object-size`. Throws InvalidRequest.
 */
export function parseFinalClaims(request: Pick<S3Request, 'header'>): FinalClaims {
  const type = request.header('x-amz-checksum-type');
  return {
    checksum: parseChecksum(request),
    type: type === undefined ? undefined : parseChecksumType(type),
    sizeBytes: parseSize(request.header('x-amz-mp-object-size')),
  };
}

function parseChecksum(request: Pick<S3Request, 'header'>): FinalClaims['checksum'] {
  let found: { algorithm: ChecksumAlgorithm; value: string } | undefined;
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const value = request.header(checksumHeader(algorithm));
    if (value === undefined) continue;
    if (found !== undefined) {
      throw new Failure(
        'InvalidRequest',
        'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
      );
    }
    if (decodeChecksum(algorithm, value.replace(PARTS_SUFFIX, '')) === undefined) {
      throw new Failure('InvalidRequest', `Value for ${checksumHeader(algorithm)} header is invalid.`);
    }
    found = { algorithm, value };
  }
  return found;
}

function parseSize(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new Failure('InvalidRequest', 'Value for x-amz-mp-object-size header is invalid.');
}
