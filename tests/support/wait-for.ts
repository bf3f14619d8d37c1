import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 60_000;

/** Lets the event loop turn until `condition` holds; gives up after a long while, so that a test ends. */
export async function waitFor(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!condition() && performance.now() < deadline) await sleep(1);
  assert.ok(condition(), 'what was waited for did not happen');
}
