import { createCipheriv, createHash } from 'node:crypto';

/** A small seeded generator (mulberry32): the same seed gives the same run on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Incompressible bytes that depend on `name` only: a test needs to remember names, not bodies. */
export function seededBytes(name: string, sizeBytes: number): Buffer {
  const key = createHash('sha256').update(name).digest();
  const cipher = createCipheriv('aes-128-ctr', key.subarray(0, 16), key.subarray(16));
  return cipher.update(Buffer.alloc(sizeBytes));
}

/** The values in another order. */
export function shuffled<T>(values: readonly T[], random: () => number): T[] {
  return values
    .map((value) => ({ value, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ value }) => value);
}

/** `count` of the values, none twice. */
export function draw<T>(values: readonly T[], count: number, random: () => number): T[] {
  return shuffled(values, random).slice(0, count);
}

/** The run's seed: `STOWAGE_TEST_SEED`, else random; printed by whoever uses it so that a failure can be repeated. */
export function testSeed(): number {
  const given = process.env.STOWAGE_TEST_SEED;
  return given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
}

/** How much larger than in CI a run should be (`npm run test:soak`). */
export function testScale(): number {
  return Math.max(1, Number(process.env.STOWAGE_TEST_SCALE ?? 1));
}
