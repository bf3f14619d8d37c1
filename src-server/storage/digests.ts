import { createHash, type Hash, hash as oneShotHash } from 'node:crypto';
import { crc32, crc32c } from '@node-rs/crc32';
import { createCRC64, type IHasher } from 'hash-wasm';
import { assertNever } from '../domain/assert-never.ts';
import type { DigestAlgorithm, Digests } from './body-store.ts';

/** Reflected polynomial of CRC-64/NVME, as hash-wasm wants it. */
const CRC64NVME_POLYNOMIAL = '9a6c9329ac4bc9b5';

/**
 * The wasm hasher is compiled once a thread. One instance serves all bodies of the thread: between two updates its state
 * is kept outside (`save`/`load`), or, for one body at a time, it is used in place.
 */
const crc64: IHasher = await createCRC64(CRC64NVME_POLYNOMIAL);

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
      return crc64.init().update(bytes).digest('binary');
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
  let state = crc64.init().save();
  return {
    update: (bytes) => {
      crc64.load(state);
      crc64.update(bytes);
      state = crc64.save();
    },
    digest: () => {
      crc64.load(state);
      return crc64.digest('binary');
    },
  };
}

/** S3 shows CRCs as big-endian bytes. */
function bigEndian(crc: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc >>> 0);
  return bytes;
}
