import { createHash, type Hash, hash as oneShotHash } from 'node:crypto';
import { crc32, crc32c } from '@node-rs/crc32';
import { assertNever } from '../domain/assert-never.ts';
import type { DigestAlgorithm, Digests } from './body-store.ts';
import { CRC64_START, crc64 } from './crc64-nvme.ts';

/** A hasher for one algorithm. `digest` ends it. */
interface Hasher {
  update(bytes: Uint8Array): void;
  digest(): Uint8Array;
}

/** Several digests over one stream of bytes. `digest` is called once, at the end. */
export class DigestSet {
  readonly #hashers: readonly (readonly [DigestAlgorithm, Hasher])[];

  constructor(algorithms: readonly DigestAlgorithm[]) {
    this.#hashers = [...new Set(algorithms)].map((algorithm) => [algorithm, createHasher(algorithm)] as const);
  }

  update(bytes: Uint8Array): void {
    for (const [, hasher] of this.#hashers) hasher.update(bytes);
  }

  digest(): Digests {
    return Object.fromEntries(this.#hashers.map(([algorithm, hasher]) => [algorithm, hasher.digest()]));
  }
}

/** All digests of bytes that are at hand at once; about half the price of a `DigestSet` for short ones. */
export function digestOnce(algorithms: readonly DigestAlgorithm[], bytes: Uint8Array): Digests {
  return Object.fromEntries(algorithms.map((algorithm) => [algorithm, digestOf(algorithm, bytes)]));
}

function digestOf(algorithm: DigestAlgorithm, bytes: Uint8Array): Uint8Array {
  switch (algorithm) {
    case 'MD5':
    case 'SHA1':
    case 'SHA256':
      return oneShotHash(algorithm, bytes, 'buffer');
    case 'CRC32':
      return bigEndian(crc32(bytes));
    case 'CRC32C':
      return bigEndian(crc32c(bytes));
    case 'CRC64NVME':
      return bigEndian64(crc64(bytes));
    default:
      return assertNever(algorithm);
  }
}

function createHasher(algorithm: DigestAlgorithm): Hasher {
  switch (algorithm) {
    case 'MD5':
    case 'SHA1':
    case 'SHA256':
      return cryptoHasher(createHash(algorithm));
    case 'CRC32':
      return crcHasher(crc32);
    case 'CRC32C':
      return crcHasher(crc32c);
    case 'CRC64NVME':
      return crc64Hasher();
    default:
      return assertNever(algorithm);
  }
}

function cryptoHasher(hash: Hash): Hasher {
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    digest: () => hash.digest(),
  };
}

function crcHasher(next: (bytes: Uint8Array, state?: number) => number): Hasher {
  let state = 0;
  return {
    update: (bytes) => {
      state = next(bytes, state);
    },
    digest: () => bigEndian(state),
  };
}

function crc64Hasher(): Hasher {
  let state = CRC64_START;
  return {
    update: (bytes) => {
      state = crc64(bytes, state);
    },
    digest: () => bigEndian64(state),
  };
}

/** S3 shows CRCs as big-endian bytes. */
function bigEndian(crc: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc >>> 0);
  return bytes;
}

function bigEndian64(crc: bigint): Uint8Array {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(crc);
  return bytes;
}
