import { BLOCK_BYTES, type Slab, type SlabArena } from './slab-arena.ts';

/** Memory for one small extent, owned until `release`. */
export interface Piece {
  readonly bytes: Buffer;
  /** The block it was cut from, and where. */
  readonly slab: Slab;
  readonly start: number;
  release(): void;
}

interface Run {
  readonly slab: Slab;
  used: number;
  owners: number;
}

/**
 * Small pieces of shared memory with short lives (from `finish` to the commit's answer), cut one after another from whole
 * blocks. A block goes back when all its pieces are released.
 */
export class BumpArena {
  readonly #slabs: SlabArena;
  #current: Run | undefined;

  constructor(slabs: SlabArena) {
    this.#slabs = slabs;
  }

  /** @param length bytes, at most a block. Waits only where the slab arena is used up. */
  take(length: number): Piece | Promise<Piece> {
    const run = this.#current;
    if (run !== undefined && run.used + length <= BLOCK_BYTES) return this.#cut(run, length);
    const slab = this.#slabs.tryTake(4);
    return slab === undefined ? this.#takeLater(length) : this.#cut(this.#start(slab), length);
  }

  async #takeLater(length: number): Promise<Piece> {
    return this.#cut(this.#start(await this.#slabs.take(4)), length);
  }

  #start(slab: Slab): Run {
    const previous = this.#current;
    const run: Run = { slab, used: 0, owners: 0 };
    this.#current = run;
    if (previous?.owners === 0) previous.slab.release();
    return run;
  }

  #cut(run: Run, length: number): Piece {
    const start = run.used;
    run.used += Math.ceil(length / 64) * 64;
    run.owners += 1;
    let owned = true;
    return {
      bytes: run.slab.bytes.subarray(start, start + length),
      slab: run.slab,
      start,
      release: () => {
        if (!owned) return;
        owned = false;
        run.owners -= 1;
        if (run.owners > 0) return;
        if (run !== this.#current) {
          run.slab.release();
          return;
        }
        run.used = 0;
        // Others may be waiting for whole blocks, and this may be the only one.
        if (!this.#slabs.pressed) return;
        this.#current = undefined;
        run.slab.release();
      },
    };
  }
}
