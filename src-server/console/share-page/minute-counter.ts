import { LRUCache } from 'lru-cache';

const MINUTE_MS = 60_000;
const MAX_REMEMBERED = 10_000;

/** Counts what happens in a minute, by key, in memory. */
export class MinuteCounter {
  readonly #limit: number;
  readonly #counts = new LRUCache<string, { count: number }>({ max: MAX_REMEMBERED, ttl: MINUTE_MS });

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Has this key had its share of the minute? */
  isFull(key: string): boolean {
    return (this.#counts.get(key)?.count ?? 0) >= this.#limit;
  }

  add(key: string): void {
    const known = this.#counts.get(key);
    if (known === undefined) this.#counts.set(key, { count: 1 });
    else known.count += 1;
  }
}
