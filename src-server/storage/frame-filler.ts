import type { ExtentCodec } from './body-store.ts';
import { FRAME_BYTES, frameStride, storedLengthOf } from './extent-format.ts';
import type { Slab } from './slab-arena.ts';

/** Copies a body's bytes into a slab, leaving the gaps where header and trailers will stand: no later copy is needed. */
export class FrameFiller {
  readonly slab: Slab;
  /** Where the first payload stands in the slab. */
  readonly start: number;
  readonly capacityBytes: number;
  readonly #codec: ExtentCodec;
  #plainLength = 0;

  constructor(slab: Slab, start: number, codec: ExtentCodec) {
    this.slab = slab;
    this.start = start;
    this.#codec = codec;
    this.capacityBytes = Math.floor((slab.bytes.length - start) / frameStride(codec)) * FRAME_BYTES;
  }

  /** Payload so far. */
  get plainLength(): number {
    return this.#plainLength;
  }

  get isFull(): boolean {
    return this.#plainLength === this.capacityBytes;
  }

  /** Takes from the start of `bytes` what fits, at most `limit`; answers how much that was. */
  add(bytes: Uint8Array, limit: number): number {
    const take = Math.min(bytes.byteLength, limit, this.capacityBytes - this.#plainLength);
    // Not `set`: into shared memory that copies word by word, at half the speed.
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let taken = 0;
    while (taken < take) {
      const inFrame = this.#plainLength % FRAME_BYTES;
      const step = Math.min(take - taken, FRAME_BYTES - inFrame);
      const at = this.start + ((this.#plainLength - inFrame) / FRAME_BYTES) * frameStride(this.#codec) + inFrame;
      source.copy(this.slab.bytes, at, taken, taken + step);
      taken += step;
      this.#plainLength += step;
    }
    return take;
  }

  /** Where frame `index` of this slab stands in it, and the stored length of `plainLength` bytes from there. */
  frames(index: number, plainLength: number): { readonly start: number; readonly storedLength: number } {
    const start = this.start + index * frameStride(this.#codec);
    return { start, storedLength: storedLengthOf(plainLength, this.#codec) };
  }
}
