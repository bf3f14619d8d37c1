import { LRUCache } from 'lru-cache';

const MINUTE_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** Counts what happens in a minute, by key, in memory. */
export class MinuteCounter {
  readonly #limit: number;
  /** Made with the first count: it takes its room in advance. */
  #counts: LRUCache<string, { count: number }> | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Has this key had its share of the minute? */
  isFull(key: string): boolean {
    return (this.#counts?.get(key)?.count ?? 0) >= this.#limit;
  }

  add(key: string): void {
    this.#counts ??= new LRUCache({ max: MAX_REMEMBERED, ttl: MINUTE_MS });
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { count: 1 });
    else known.count += 1;
  }
}
