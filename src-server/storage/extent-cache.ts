import { LRUCache } from 'lru-cache';

/** Rough cost of an entry beside its bytes. */
const ENTRY_BYTES = 200;

/**
 * Verified plain bytes of small unencrypted extents by uid. An extent never changes, so nothing here is ever stale.
 * Encrypted ones stay out: a hit would answer who holds no key.
 */
export class ExtentCache {
  readonly #entries: LRUCache<string, Buffer> | undefined;

  /** @param capBytes 0 = no cache */
  constructor(capBytes: number) {
    this.#entries =
      capBytes > 0
        ? new LRUCache({ maxSize: capBytes, sizeCalculation: (bytes) => bytes.length + ENTRY_BYTES })
        : undefined;
  }

  get(uid: Uint8Array): Buffer | undefined {
    return this.#entries?.get(keyOf(uid));
  }

  /** Keeps `plain`, which must own its memory and never change. */
  put(uid: Uint8Array, plain: Buffer): void {
    this.#entries?.set(keyOf(uid), plain);
  }
}

function keyOf(uid: Uint8Array): string {
  return Buffer.from(uid.buffer, uid.byteOffset, uid.byteLength).toString('latin1');
}
