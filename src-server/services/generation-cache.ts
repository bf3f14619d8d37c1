import { LRUCache } from 'lru-cache';
import type { Catalogue } from './context.ts';

/** Reads through a per-thread cache; see `createGenerationCache`. */
export type CachedRead<Value> = (
  catalogue: Catalogue,
  key: string,
  load: () => Promise<Value | undefined>,
) => Promise<Value | undefined>;

/**
 * A cache of catalogue facts that the catalogue's generation keeps true (LOG.md 13): everything is forgotten as soon as
 * the generation moves. Absent things are not kept, so that made-up names cost no memory. Each catalogue (there is one per
 * thread) has its own entries, at most `limit`.
 */
export function createGenerationCache<Value extends object>(limit: number): CachedRead<Value> {
  const caches = new WeakMap<Catalogue, { generation: number; entries: LRUCache<string, Value> }>();
  return async (catalogue, key, load) => {
    const generation = catalogue.generation();
    let cache = caches.get(catalogue);
    if (cache === undefined) {
      cache = { generation, entries: new LRUCache<string, Value>({ max: limit }) };
      caches.set(catalogue, cache);
    } else if (cache.generation !== generation) {
      cache.entries.clear();
      cache.generation = generation;
    }
    const known = cache.entries.get(key);
    if (known !== undefined) return known;
    const value = await load();
    // Only under the generation from before the read. If it moved unseen meanwhile, the next look forgets this too.
    if (value !== undefined && cache.generation === generation) cache.entries.set(key, value);
    return value;
  };
}
