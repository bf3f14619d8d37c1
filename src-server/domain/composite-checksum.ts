import { createHash } from 'node:crypto';
import { assertNever } from './assert-never.ts';
import {
  type ChecksumAlgorithm,
  type ChecksumPlan,
  DEFAULT_CHECKSUM_PLAN,
  decodeChecksum,
  type StoredChecksum,
} from './checksum.ts';
import { combineCrcs, isLinearAlgorithm } from './crc-combine.ts';
import { smallCrc32 } from './crc32.ts';

export interface SummedPart {
  readonly sizeBytes: number;
  /** Base64, of the plan's algorithm. */
  readonly checksum: string;
}

/**
 * The checksum of an object from its parts': combined without the bytes where the plan says FULL_OBJECT, else the checksum
 * of the joined raw part checksums, as `value-N`. Without a plan it is the CRC64NVME that S3 adds.
 */
export function objectChecksum(plan: ChecksumPlan | undefined, parts: readonly SummedPart[]): StoredChecksum {
  const { algorithm, type } = plan ?? DEFAULT_CHECKSUM_PLAN;
  const values = parts.map((part) => rawChecksum(algorithm, part.checksum));
  if (type === 'COMPOSITE') {
    const value = Buffer.from(digest(algorithm, Buffer.concat(values))).toString('base64');
    return { algorithm, type, value: `${value}-${parts.length}` };
  }
  if (!isLinearAlgorithm(algorithm)) throw new Error(`${algorithm} has no full-object form`);
  const combined = combineCrcs(
    algorithm,
    parts.map((part, i) => ({ crc: values[i] ?? new Uint8Array(0), sizeBytes: part.sizeBytes })),
  );
  return { algorithm, type, value: Buffer.from(combined).toString('base64') };
}

function rawChecksum(algorithm: ChecksumAlgorithm, value: string): Buffer {
  const bytes = decodeChecksum(algorithm, value);
  if (bytes === undefined) throw new Error(`a part's ${algorithm} is damaged: ${value}`);
  return bytes;
}

/** For the few bytes of joined part checksums; bodies are hashed in `storage/`. */
function digest(algorithm: ChecksumAlgorithm, bytes: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'SHA1':
      return createHash('sha1').update(bytes).digest();
    case 'SHA256':
      return createHash('sha256').update(bytes).digest();
    case 'CRC32':
    case 'CRC32C':
      return smallCrc32(algorithm, bytes);
    case 'CRC64NVME':
      throw new Error('CRC64NVME has no composite form');
    default:
      return assertNever(algorithm);
  }
}
