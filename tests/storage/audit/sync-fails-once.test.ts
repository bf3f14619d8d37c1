import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FileIo } from '../../../src-server/engine/log/file-io.ts';
import { assertReplayEqual, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { waitFor } from '../../support/wait-for.ts';

test('balanced: a failed sync moves the log once, not back to the disk that failed, though two waited for it', async () => {
  const fixture = new EngineFixture();
  const [first, second] = [fixture.disk('disk1'), fixture.disk('disk2')];
  let failSync: (() => void) | undefined;
  const io = (plain: FileIo): FileIo => ({
    ...plain,
    syncInBackground: () =>
      new Promise((_, reject) => {
        failSync = () => reject(Object.assign(new Error('injected'), { code: 'EIO' }));
      }),
  });
  try {
    const limits = { syncEveryMs: 1 };
    const engine = await fixture.open({ io, otherDisks: [second], durability: 'balanced', limits });
    await engine.submit(put('a'));
    await waitFor(() => failSync !== undefined);
    const asked = engine.core.syncPast(1_000);
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    failSync?.();
    await asked;
    await engine.core.exclusive(async () => undefined);
    assert.equal(engine.core.parts.logDisk.current.uuid, second.uuid);
    assert.equal(segmentPaths(first).length, 1);
    engine.abandon();
    const again = await fixture.open({ otherDisks: [second] });
    assert.deepEqual(settings(again), ['a']);
    await again.close();
    assertReplayEqual(fixture, [first, second]);
  } finally {
    fixture.remove();
  }
});
