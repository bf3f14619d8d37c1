import { LRUCache } from 'lru-cache';
import type { BodyId } from '../domain/ids.ts';
import type { KeptBodies } from './body-store.ts';
import { FRAME_BYTES } from './extent-format.ts';

/** Rough cost of an entry beside its bytes. */
const ENTRY_BYTES = 200;

/**
 * Verified plain bytes of small unencrypted bodies, the least recently used dropped first. A body never changes and its id
 * never comes back, so nothing here is ever stale.
 */
export class SmallBodies implements KeptBodies {
  readonly maxBodyBytes = FRAME_BYTES;
  readonly #entries: LRUCache<BodyId, Uint8Array>;

  constructor(capBytes: number) {
    this.#entries = new LRUCache({ maxSize: capBytes, sizeCalculation: (bytes) => bytes.byteLength + ENTRY_BYTES });
  }

  get(body: BodyId): Uint8Array | undefined {
    return this.#entries.get(body);
  }

  put(body: BodyId, plain: Uint8Array): void {
    if (plain.byteLength <= this.maxBodyBytes) this.#entries.set(body, plain);
  }
}
