import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { afterEach, test } from 'node:test';
import { walFrames } from '../../../src-server/db/sqlite/wal.ts';
import { setCrashPointHandler } from '../../../src-server/platform/crash-point.ts';
import { assertReplayEqual, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { waitFor } from '../../support/wait-for.ts';

afterEach(() => setCrashPointHandler(undefined));

test('rule 23: SQLite does not checkpoint by itself; the commit thread does, between batches', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits: { walBytes: 1024 * 1024 } });
    const { db } = engine.core.parts;
    assert.equal(db.pragma('wal_autocheckpoint', { simple: true }), 0);
    for (let index = 0; index < 64; index += 1) await engine.submit(put(`n${index}`, 'v'.repeat(30_000)));
    assert.ok(engine.core.parts.counters.walCheckpoints > 0);
    assert.ok(engine.core.wal.checkpointedSequence > 0);
    assert.ok(walFrames(db).frames - walFrames(db).checkpointed < 1000);
    await engine.close();
    assert.deepEqual(
      readdirSync(fixture.dataDir).filter((name) => name.endsWith('-wal')),
      [],
    );
  } finally {
    fixture.remove();
  }
});

test('rule 23: an error in a checkpoint is exit 4, and the next start rebuilds from checkpoint and log', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits: { walBytes: 1 } });
    await engine.submit(put('a'));
    await engine.keeper.make();
    setCrashPointHandler((name) => {
      if (name === 'wal-checkpoint-run') throw new Error('disk I/O error');
    });
    for (let index = 0; index < 20; index += 1) engine.submit(put(`n${index}`)).catch(() => undefined);
    for (let index = 20; engine.fatal.error === undefined && index < 60; index += 1) {
      const stopped = waitFor(() => engine.fatal.error !== undefined);
      await Promise.race([engine.submit(put(`n${index}`)), stopped]);
      stopped.catch(() => undefined);
    }
    assert.match(engine.fatal.error?.message ?? '', /checkpoint of the catalogue failed/);
    const known = settings(engine);
    setCrashPointHandler(undefined);
    engine.abandon();
    assert.ok(readdirSync(fixture.dataDir).includes('catalogue-doubtful.json'));
    const again = await fixture.open();
    assert.deepEqual(settings(again), known);
    assert.equal(readdirSync(fixture.dataDir).filter((name) => name.includes('aside')).length >= 1, true);
    assert.ok(!readdirSync(fixture.dataDir).includes('catalogue-doubtful.json'));
    await again.submit(put('more'));
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});
