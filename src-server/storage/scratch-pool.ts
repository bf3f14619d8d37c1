const SMALLEST_BYTES = 4_096;
/** Kept of each size; a thread rarely gathers more bodies at once. */
const KEPT = 64;

/**
 * Buffers of a thread's own memory that bodies are gathered in, used again: allocating one costs more than filling it.
 * Whoever forgets to give one back only costs the next one an allocation.
 */
export class ScratchPool {
  readonly #free = new Map<number, Buffer[]>();

  /** At least `length` bytes, of any content. */
  take(length: number): Buffer {
    const size = sizeFor(length);
    return this.#free.get(size)?.pop() ?? Buffer.allocUnsafeSlow(size);
  }

  /** Nobody may use `buffer` any more. */
  give(buffer: Buffer): void {
    const free = this.#free.get(buffer.length);
    if (free === undefined) this.#free.set(buffer.length, [buffer]);
    else if (free.length < KEPT) free.push(buffer);
  }
}

function sizeFor(length: number): number {
  let size = SMALLEST_BYTES;
  while (size < length) size *= 2;
  return size;
}
