import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Catalogue } from '../../../src-server/services/context.ts';
import { createGenerationCache } from '../../../src-server/services/generation-cache.ts';

/** A catalogue whose generation the test moves. */
function catalogueAt(generation: { now: number }): Catalogue {
  return { read: () => Promise.reject(new Error('not read here')), generation: () => generation.now };
}

test('loads once per generation, and each catalogue for itself', async () => {
  const cached = createGenerationCache<{ n: number }>(10);
  const generation = { now: 1 };
  const [one, two] = [catalogueAt(generation), catalogueAt(generation)];
  let loads = 0;
  const load = async () => ({ n: ++loads });
  assert.deepEqual(await cached(one, 'a', load), { n: 1 });
  assert.deepEqual(await cached(one, 'a', load), { n: 1 });
  assert.deepEqual(await cached(two, 'a', load), { n: 2 });
  generation.now++;
  assert.deepEqual(await cached(one, 'a', load), { n: 3 });
});

test('what is absent is asked for again', async () => {
  const cached = createGenerationCache<object>(10);
  const catalogue = catalogueAt({ now: 1 });
  let loads = 0;
  const absent = async () => {
    loads++;
    return undefined;
  };
  await cached(catalogue, 'a', absent);
  await cached(catalogue, 'a', absent);
  assert.equal(loads, 2);
});

test('an answer that a commit overtook is not kept', async () => {
  const cached = createGenerationCache<{ value: string }>(10);
  const generation = { now: 1 };
  const catalogue = catalogueAt(generation);
  let answer: (value: { value: string }) => void = () => undefined;
  const slow = cached(catalogue, 'a', () => new Promise((resolve) => (answer = resolve)));
  generation.now++;
  // Somebody else moves the cache to the new generation before the old answer comes.
  await cached(catalogue, 'b', async () => ({ value: 'other' }));
  answer({ value: 'stale' });
  assert.deepEqual(await slow, { value: 'stale' });
  assert.deepEqual(await cached(catalogue, 'a', async () => ({ value: 'fresh' })), { value: 'fresh' });

  const unseen = cached(catalogue, 'c', () => new Promise((resolve) => (answer = resolve)));
  generation.now++;
  answer({ value: 'stale' });
  await unseen;
  assert.deepEqual(await cached(catalogue, 'c', async () => ({ value: 'fresh' })), { value: 'fresh' });
});

test('holds no more than its limit', async () => {
  const cached = createGenerationCache<{ key: string }>(2);
  const catalogue = catalogueAt({ now: 1 });
  const loaded: string[] = [];
  const load = (key: string) =>
    cached(catalogue, key, async () => {
      loaded.push(key);
      return { key };
    });
  for (const key of ['a', 'b', 'c', 'c', 'b', 'a']) await load(key);
  assert.deepEqual(loaded, ['a', 'b', 'c', 'a']);
});
