import { LRUCache } from 'lru-cache';

const MAX_REMEMBERED = 10_000;

/**
 * How many bytes each ticket moved. Of links with a download limit none is forgotten while its ticket lives: there are no
 * more of them than downloads were counted, and starts of other links cannot push them out. Of links without one, whoever
 * wants more just starts again: the least recently used go first.
 */
export class MovedBytes {
  readonly #lifeMs: number;
  /** In the order in which they began to move. */
  readonly #limited = new Map<string, { sizeBytes: number; readonly sinceMs: number }>();
  readonly #unlimited = new LRUCache<string, number>({ max: MAX_REMEMBERED });

  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs;
  }

  get(ticket: string): number {
    return this.#limited.get(ticket)?.sizeBytes ?? this.#unlimited.get(ticket) ?? 0;
  }

  /** @returns the sum of this ticket */
  add(ticket: string, sizeBytes: number, isLimited: boolean, nowMs: number): number {
    if (!isLimited) {
      const sum = (this.#unlimited.get(ticket) ?? 0) + sizeBytes;
      this.#unlimited.set(ticket, sum);
      return sum;
    }
    const known = this.#limited.get(ticket);
    if (known !== undefined) {
      known.sizeBytes += sizeBytes;
      return known.sizeBytes;
    }
    this.#forgetBefore(nowMs - this.#lifeMs);
    this.#limited.set(ticket, { sizeBytes, sinceMs: nowMs });
    return sizeBytes;
  }

  #forgetBefore(atMs: number): void {
    for (const [ticket, { sinceMs }] of this.#limited) {
      if (sinceMs >= atMs) return;
      this.#limited.delete(ticket);
    }
  }
}
