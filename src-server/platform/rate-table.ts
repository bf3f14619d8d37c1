/*
 * Rates and counts that all threads share: fixed tables in shared memory, changed by compare-and-exchange. A name's place is found by its
 * hash; a place is free again as soon as what stood there says nothing any more (a rate that is fully recovered, a count of none).
 */

const RATE_SLOTS = 16_384;
const COUNT_SLOTS = 8192;
const PROBES = 16;
const WORDS = 2;
/** Of a count's word; the rest names whose it is. */
const COUNT_BITS = 16n;
const COUNT_MASK = (1n << COUNT_BITS) - 1n;
const NS_PER_MS = 1_000_000n;
const NS_PER_SECOND = 1_000_000_000;

/** For `RateTable`, one for all threads. */
export function newRateMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer((RATE_SLOTS * WORDS + COUNT_SLOTS) * BigInt64Array.BYTES_PER_ELEMENT);
}

export class RateTable {
  readonly #rates: BigInt64Array;
  readonly #counts: BigInt64Array;
  readonly #nowNs: () => bigint;

  /** @param nowNs a clock that all threads share and that never goes back */
  constructor(memory: SharedArrayBuffer, nowNs: () => bigint = () => process.hrtime.bigint()) {
    this.#rates = new BigInt64Array(memory, 0, RATE_SLOTS * WORDS);
    this.#counts = new BigInt64Array(memory, RATE_SLOTS * WORDS * BigInt64Array.BYTES_PER_ELEMENT, COUNT_SLOTS);
    this.#nowNs = nowNs;
  }

  /**
   * Takes one of `perSecond`, of which a second's worth may come at once (the generic cell rate algorithm: one time stamp a name).
   *
   * @returns 0 where it was taken; else how long to wait, ms, and nothing was taken
   */
  take(name: string, perSecond: number): number {
    const stepNs = BigInt(Math.ceil(NS_PER_SECOND / perSecond));
    const burstNs = BigInt(NS_PER_SECOND) > stepNs ? BigInt(NS_PER_SECOND) : stepNs;
    for (;;) {
      const now = this.#nowNs();
      const at = this.#place(name, now);
      const stands = Atomics.load(this.#rates, at);
      const next = (stands > now ? stands : now) + stepNs;
      const waitNs = next - burstNs - now;
      if (waitNs > 0n) return toMs(waitNs);
      if (Atomics.compareExchange(this.#rates, at, stands, next) === stands) return 0;
    }
  }

  /**
   * Counts `amount` at `perSecond`, whatever came before.
   *
   * @returns how long to wait before going on, ms, so that the rate is kept but for a second's worth at the beginning
   */
  pace(name: string, amount: number, perSecond: number): number {
    const costNs = BigInt(Math.ceil((amount / perSecond) * NS_PER_SECOND));
    for (;;) {
      const now = this.#nowNs();
      const at = this.#place(name, now);
      const stands = Atomics.load(this.#rates, at);
      const next = (stands > now ? stands : now) + costNs;
      if (Atomics.compareExchange(this.#rates, at, stands, next) !== stands) continue;
      const waitNs = next - BigInt(NS_PER_SECOND) - now;
      return waitNs > 0n ? toMs(waitNs) : 0;
    }
  }

  /** One more of at most `max` at a time; false where there are as many, or no place to count it. `release` gives it back. */
  acquire(name: string, max: number): boolean {
    const owner = ownerOf(name);
    for (;;) {
      const at = this.#counter(owner);
      if (at === undefined) return false;
      const stands = Atomics.load(this.#counts, at);
      const open = stands & COUNT_MASK;
      // Somebody else took the free place meanwhile.
      if (open !== 0n && stands >> COUNT_BITS !== owner) continue;
      if (open >= BigInt(max)) return false;
      const next = (owner << COUNT_BITS) | (open + 1n);
      if (Atomics.compareExchange(this.#counts, at, stands, next) === stands) return true;
    }
  }

  release(name: string): void {
    const owner = ownerOf(name);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const at = slotOf(owner, probe, COUNT_SLOTS, 1);
      for (;;) {
        const stands = Atomics.load(this.#counts, at);
        if (stands >> COUNT_BITS !== owner || (stands & COUNT_MASK) === 0n) break;
        if (Atomics.compareExchange(this.#counts, at, stands, stands - 1n) === stands) return;
      }
    }
  }

  /** Index of the time stamp of a name: its own, a free one, or where all are taken the one that is free soonest. */
  #place(name: string, now: bigint): number {
    const hash = hashOf(name);
    let soonest = slotOf(hash, 0, RATE_SLOTS);
    for (let probe = 0; probe < PROBES; probe += 1) {
      const at = slotOf(hash, probe, RATE_SLOTS);
      if (Atomics.load(this.#rates, at) === hash) return at + 1;
      if (Atomics.load(this.#rates, at + 1) < Atomics.load(this.#rates, soonest + 1)) soonest = at;
    }
    const owner = Atomics.load(this.#rates, soonest);
    const isFree = owner === 0n || Atomics.load(this.#rates, soonest + 1) <= now;
    if (isFree) Atomics.compareExchange(this.#rates, soonest, owner, hash);
    return soonest + 1;
  }

  /** Owner and count stand in one word, so that a place without open ones can be taken over in one step. */
  #counter(owner: bigint): number | undefined {
    let free: number | undefined;
    for (let probe = 0; probe < PROBES; probe += 1) {
      const at = slotOf(owner, probe, COUNT_SLOTS, 1);
      const stands = Atomics.load(this.#counts, at);
      const isOpen = (stands & COUNT_MASK) !== 0n;
      if (isOpen && stands >> COUNT_BITS === owner) return at;
      if (!isOpen) free ??= at;
    }
    return free;
  }
}

function slotOf(hash: bigint, probe: number, slots: number, words = WORDS): number {
  return ((Number(hash & 0xffff_ffffn) + probe) % slots) * words;
}

/** So much of the hash as fits beside a count, positive. */
function ownerOf(name: string): bigint {
  return BigInt.asUintN(64, hashOf(name)) >> (COUNT_BITS + 1n);
}

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;

/** FNV-1a of 64 bits, never 0. */
function hashOf(name: string): bigint {
  let hash = FNV_OFFSET;
  for (let i = 0; i < name.length; i += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(name.charCodeAt(i))) * FNV_PRIME);
  }
  return BigInt.asIntN(64, hash) === 0n ? 1n : BigInt.asIntN(64, hash);
}

function toMs(ns: bigint): number {
  return Number((ns + NS_PER_MS - 1n) / NS_PER_MS);
}
