import type { EpochMs } from '../domain/ids.ts';

/** Bytes of the memory that all threads of a process share for their clock of locks. */
export const LOCK_CLOCK_BYTES = 16;

const STANDING = 0;
const AHEAD = 1;
/** As `AHEAD`: not started yet. */
const UNSTARTED = -(2n ** 63n);

/** Milliseconds since some fixed moment of this machine's run: nobody sets it, and all threads read the same one. */
export function monotonicMs(): bigint {
  return process.hrtime.bigint() / 1_000_000n;
}

/**
 * The time by which locks end, the same on all threads: it runs with the machine's monotonic clock from where it was started,
 * or stands still while expiries are held. Before `run` or `hold` it is 0, which unlocks nothing.
 */
export class LockClock {
  readonly #words: BigInt64Array;
  readonly #monotonicMs: () => bigint;

  constructor(memory = newLockClockMemory(), monotonic = monotonicMs) {
    this.#words = new BigInt64Array(memory);
    this.#monotonicMs = monotonic;
  }

  nowMs(): EpochMs {
    const standing = Atomics.load(this.#words, STANDING);
    if (standing !== 0n) return Number(standing) as EpochMs;
    const ahead = Atomics.load(this.#words, AHEAD);
    return (ahead === UNSTARTED ? 0 : Number(this.#monotonicMs() + ahead)) as EpochMs;
  }

  /** Does it stand still? */
  get isHeld(): boolean {
    return Atomics.load(this.#words, STANDING) !== 0n;
  }

  /** Goes on from `fromMs`. */
  run(fromMs: EpochMs): void {
    Atomics.store(this.#words, AHEAD, BigInt(Math.floor(fromMs)) - this.#monotonicMs());
    Atomics.store(this.#words, STANDING, 0n);
  }

  /** Stands still at `atMs` until `run`. */
  hold(atMs: EpochMs): void {
    Atomics.store(this.#words, STANDING, BigInt(Math.floor(atMs)));
  }
}

/** Memory of a clock that was not started. */
export function newLockClockMemory(): SharedArrayBuffer {
  const memory = new SharedArrayBuffer(LOCK_CLOCK_BYTES);
  new BigInt64Array(memory)[AHEAD] = UNSTARTED;
  return memory;
}
