import assert from 'node:assert/strict';

/** Lets the event loop turn until `condition` holds; gives up after many turns, so that a test ends. */
export async function waitFor(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000 && !condition(); turn += 1) await new Promise((resolve) => setImmediate(resolve));
  assert.ok(condition(), 'what was waited for did not happen');
}
