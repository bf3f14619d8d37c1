import { Failure } from '../domain/failure.ts';
import { FRAME_BYTES, HEADER_BYTES_MAX, TAG_BYTES } from './extent-format.ts';

/** Room for a header and four frames with the longest trailers, in whole pages. */
export const QUARTER_BYTES = pages(HEADER_BYTES_MAX + 4 * (FRAME_BYTES + TAG_BYTES + 4));
const QUARTERS = 4;
export const BLOCK_BYTES = QUARTERS * QUARTER_BYTES;
const FULL_MASK = (1 << QUARTERS) - 1;
/** Someone who waits longer than this sees an overloaded server, not a hang. */
const WAIT_MS_MAX = 30_000;

function pages(bytes: number): number {
  return Math.ceil(bytes / 4_096) * 4_096;
}

/** A place inside a block, as it is told to another thread. */
export interface SlabRef {
  readonly block: number;
  readonly offset: number;
  readonly length: number;
}

/** A run of quarters of one block, owned until `release`. */
export interface Slab {
  readonly block: number;
  /** The whole block's memory, to be sent once to each worker. */
  readonly memory: SharedArrayBuffer;
  /** Offset of this slab in its block. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** Gives the memory back; a second call does nothing. */
  release(): void;
}

interface Block {
  readonly id: number;
  readonly memory: SharedArrayBuffer;
  readonly bytes: Buffer;
  /** One bit a quarter, set while it is owned. */
  mask: number;
}

interface Waiter {
  readonly least: number;
  readonly most: number;
  readonly grant: (slab: Slab) => void;
  readonly deadline: NodeJS.Timeout;
}

/**
 * Bounded shared memory for bodies on their way: blocks of a good megabyte, given out by the quarter, made as they are
 * needed and kept. Who finds none free waits in order of arrival.
 */
export class SlabArena {
  readonly #blocks: Block[] = [];
  readonly #blocksMax: number;
  readonly #firstBlock: number;
  readonly #waiters: Waiter[] = [];
  #usedQuarters = 0;

  /**
   * @param capBytes most memory it will ever hold; at least one block
   * @param firstBlock number of its first block
   */
  constructor(capBytes: number, firstBlock = 0) {
    this.#firstBlock = firstBlock;
    this.#blocksMax = Math.max(1, Math.floor(capBytes / BLOCK_BYTES));
  }

  /** More than half is in use: take less, keep no stock. */
  get pressed(): boolean {
    return this.#usedQuarters * 2 > this.#blocksMax * QUARTERS || this.#waiters.length > 0;
  }

  get usedBytes(): number {
    return this.#usedQuarters * QUARTER_BYTES;
  }

  /** Now, or undefined. `least`..`most`: quarters, 1-4; it gives the most while memory is plenty, else the least. */
  tryTake(least: number, most: number = least): Slab | undefined {
    return this.#waiters.length > 0 ? undefined : this.#find(least, this.pressed ? least : most);
  }

  /** As `tryTake`, waiting its turn. Throws SlowDown after half a minute. */
  take(least: number, most: number = least): Promise<Slab> {
    const slab = this.tryTake(least, most);
    if (slab !== undefined) return Promise.resolve(slab);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        least,
        most,
        grant: (granted) => {
          clearTimeout(waiter.deadline);
          resolve(granted);
        },
        deadline: setTimeout(() => {
          this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
          reject(new Failure('SlowDown', 'The server has no memory left for more bodies at once.'));
        }, WAIT_MS_MAX),
      };
      this.#waiters.push(waiter);
    });
  }

  #find(least: number, most: number): Slab | undefined {
    for (let quarters = most; quarters >= least; quarters -= 1) {
      // Blocks that are in use already come first, so that whole ones stay whole.
      const partly = this.#blocks.find((block) => block.mask !== 0 && runIn(block.mask, quarters) !== undefined);
      const block = partly ?? this.#blocks.find((free) => free.mask === 0) ?? this.#grow();
      if (block !== undefined) return this.#own(block, quarters);
    }
    return undefined;
  }

  #grow(): Block | undefined {
    if (this.#blocks.length >= this.#blocksMax) return undefined;
    const memory = new SharedArrayBuffer(BLOCK_BYTES);
    const block: Block = { id: this.#firstBlock + this.#blocks.length, memory, bytes: Buffer.from(memory), mask: 0 };
    this.#blocks.push(block);
    return block;
  }

  #own(block: Block, quarters: number): Slab {
    const first = runIn(block.mask, quarters);
    if (first === undefined) throw new Error('the block has no such run of quarters');
    const bits = ((1 << quarters) - 1) << first;
    block.mask |= bits;
    this.#usedQuarters += quarters;
    const offset = first * QUARTER_BYTES;
    let owned = true;
    return {
      block: block.id,
      memory: block.memory,
      offset,
      bytes: block.bytes.subarray(offset, offset + quarters * QUARTER_BYTES),
      release: () => {
        if (!owned) return;
        owned = false;
        block.mask &= ~bits;
        this.#usedQuarters -= quarters;
        this.#serveWaiters();
      },
    };
  }

  #serveWaiters(): void {
    for (;;) {
      const first = this.#waiters[0];
      const slab = first && this.#find(first.least, first.least);
      if (first === undefined || slab === undefined) return;
      this.#waiters.shift();
      first.grant(slab);
    }
  }
}

/** First quarter of a free run of the given length, or undefined. */
function runIn(mask: number, quarters: number): number | undefined {
  const run = (1 << quarters) - 1;
  for (let first = 0; first + quarters <= QUARTERS; first += 1) {
    if ((mask & (run << first) & FULL_MASK) === 0) return first;
  }
  return undefined;
}
