import { crc32 } from '@node-rs/crc32';

const SLOTS = 16_384;

/**
 * How many reads hold a container, over all threads: a counter per hash of its name in shared memory. Two names may share
 * a slot; then a container waits a little longer to be removed, which harms nobody.
 */
export class ReaderPins {
  readonly memory: SharedArrayBuffer;
  readonly #counts: Int32Array;

  /** @param memory of another thread's instance, to share its counts */
  constructor(memory: SharedArrayBuffer = new SharedArrayBuffer(SLOTS * 4)) {
    this.memory = memory;
    this.#counts = new Int32Array(memory);
  }

  pin(containerName: string): void {
    Atomics.add(this.#counts, slotOf(containerName), 1);
  }

  unpin(containerName: string): void {
    Atomics.sub(this.#counts, slotOf(containerName), 1);
  }

  isPinned(containerName: string): boolean {
    return Atomics.load(this.#counts, slotOf(containerName)) > 0;
  }
}

function slotOf(containerName: string): number {
  return crc32(containerName) % SLOTS;
}
