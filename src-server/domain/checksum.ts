import { Failure } from './failure.ts';

/** The checksum algorithms of S3 that can be stored here, by the names of its API. */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** FULL_OBJECT: of all bytes. COMPOSITE: of the parts' checksums, written `value-N` for N parts. */
const CHECKSUM_TYPES = ['FULL_OBJECT', 'COMPOSITE'] as const;
export type ChecksumType = (typeof CHECKSUM_TYPES)[number];

/** A checksum as S3 shows it: base64, with `-N` behind it where it is composite. */
export interface StoredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  readonly value: string;
}

const VALUE_BYTES: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** The header that carries this algorithm's value: `x-amz-checksum-crc32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The XML element that carries this algorithm's value: `ChecksumCRC32`. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** Reads an algorithm's name; AWS accepts any letter case. */
export function parseChecksumAlgorithm(text: string): ChecksumAlgorithm | undefined {
  const name = text.toUpperCase();
  return CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name);
}

/** The raw bytes of a base64 value of this algorithm, or undefined where it is none. */
export function decodeChecksum(algorithm: ChecksumAlgorithm, value: string): Buffer | undefined {
  if (!BASE64.test(value)) return undefined;
  const bytes = Buffer.from(value, 'base64');
  return bytes.byteLength === VALUE_BYTES[algorithm] && bytes.toString('base64') === value ? bytes : undefined;
}

/** The text that a `checksum` column holds: `CRC64NVME FULL_OBJECT value`, so that the log stays small. */
export function formatChecksum(checksum: StoredChecksum): string {
  return `${checksum.algorithm} ${checksum.type} ${checksum.value}`;
}

/** Reads a `checksum` column. Throws Error for what `formatChecksum` did not write. */
export function readChecksum(column: string): StoredChecksum {
  const [algorithm, type, value] = column.split(' ');
  const known = CHECKSUM_ALGORITHMS.find((name) => name === algorithm);
  const kind = CHECKSUM_TYPES.find((name) => name === type);
  if (known === undefined || kind === undefined || value === undefined) throw new Error(`not a checksum: ${column}`);
  return { algorithm: known, type: kind, value };
}

/** How the checksum of a multipart upload is made of its parts', fixed when the upload is created. */
export interface ChecksumPlan {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
}

/** What S3 adds where the client chose nothing. */
export const DEFAULT_CHECKSUM_PLAN: ChecksumPlan = { algorithm: 'CRC64NVME', type: 'FULL_OBJECT' };

/**
 * The plan that `x-amz-checksum-algorithm` and `x-amz-checksum-type` of CreateMultipartUpload ask for; undefined without an
 * algorithm. CRC64NVME is full-object only, SHA-1 and SHA-256 composite only, the other CRCs both, composite unless asked
 * (AWS: "Checking object integrity for data uploads", table of checksum types).
 *
 * @throws Failure InvalidRequest for an unknown algorithm or type, a type alone, or a pair that AWS does not have
 */
export function parseChecksumPlan(algorithm: string | undefined, type: string | undefined): ChecksumPlan | undefined {
  const kind = type === undefined ? undefined : parseChecksumType(type);
  if (algorithm === undefined || algorithm === '') {
    if (kind === undefined) return undefined;
    throw new Failure(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const known = parseChecksumAlgorithm(algorithm);
  if (known === undefined) {
    const supported = CHECKSUM_ALGORITHMS.join(', ');
    const message = `Checksum algorithm provided is unsupported. Please try again with any of the valid types: [${supported}]`;
    throw new Failure('InvalidRequest', message);
  }
  const allowed = typesOf(known);
  const chosen = kind ?? allowed[0];
  if (!allowed.includes(chosen)) {
    const message = `The ${chosen} checksum type cannot be used with the ${known.toLowerCase()} checksum algorithm.`;
    throw new Failure('InvalidRequest', message);
  }
  return { algorithm: known, type: chosen };
}

/** Reads `x-amz-checksum-type`. Throws InvalidRequest. */
export function parseChecksumType(text: string): ChecksumType {
  const name = text.toUpperCase();
  const type = CHECKSUM_TYPES.find((known) => known === name);
  if (type === undefined) throw new Failure('InvalidRequest', 'Value for x-amz-checksum-type header is invalid.');
  return type;
}

/** The types an algorithm can have, the default first. */
function typesOf(algorithm: ChecksumAlgorithm): readonly [ChecksumType, ...ChecksumType[]] {
  switch (algorithm) {
    case 'CRC64NVME':
      return ['FULL_OBJECT'];
    case 'CRC32':
    case 'CRC32C':
      return ['COMPOSITE', 'FULL_OBJECT'];
    case 'SHA1':
    case 'SHA256':
      return ['COMPOSITE'];
  }
}
