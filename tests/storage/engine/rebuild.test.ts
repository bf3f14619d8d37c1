import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rebuildCatalogue } from '../../../src-server/engine/offline/rebuild-catalogue.ts';
import { verifyReplayEqualsCatalogue } from '../../../src-server/engine/offline/verify-replay.ts';
import { assertBodiesReadable, assertReplayEqual, segmentPaths, settings } from '../../support/engine-asserts.ts';
import { body, EngineFixture, put, putBodies } from '../../support/engine-fixture.ts';

async function fill(fixture: EngineFixture, withCheckpoints: boolean): Promise<void> {
  const engine = await fixture.open();
  for (const name of ['a', 'b', 'c']) {
    await engine.submit(put(name));
    await engine.submit(putBodies(name), [body(1), body(2)]);
    if (withCheckpoints) await engine.keeper.make();
  }
  await engine.submit(put('d'));
  await engine.close();
}

for (const withCheckpoints of [true, false]) {
  const from = withCheckpoints ? 'checkpoint' : 'empty';
  test(`a lost catalogue is rebuilt from ${from} and log, and goes on`, async () => {
    const fixture = new EngineFixture();
    const disks = [fixture.disk('disk1')];
    try {
      await fill(fixture, withCheckpoints);
      rmSync(fixture.dataDir, { recursive: true });
      fixture.makeDataDir();
      const outcome = await rebuildCatalogue({ dataDir: fixture.dataDir, disks, salvage: undefined });
      assert.deepEqual([outcome.kind, outcome.kind === 'rebuilt' && outcome.from], ['rebuilt', from]);
      const engine = await fixture.open();
      assert.deepEqual(settings(engine), ['a', 'b', 'c', 'd']);
      assertBodiesReadable(engine, disks);
      await engine.submit(put('e'));
      await engine.close();
      assertReplayEqual(fixture);
    } finally {
      fixture.remove();
    }
  });
}

test('a rebuild keeps the old catalogue aside, and brings an install with a damaged log end back to work', async () => {
  const fixture = new EngineFixture();
  const disks = [fixture.disk('disk1')];
  try {
    await fill(fixture, true);
    rmSync(segmentPaths(fixture.disk('disk1'))[0] ?? '');
    const refused = await fixture.open();
    assert.match(refused.recovered.refusal ?? '', /absent/);
    await refused.close();
    const install = { dataDir: fixture.dataDir, disks };
    await assert.rejects(rebuildCatalogue({ ...install, salvage: undefined }), { name: 'NothingToRebuildFrom' });
    assert.ok(readdirSync(fixture.dataDir).includes('catalogue.db'));
  } finally {
    fixture.remove();
  }
});

test('without checkpoints, the log replayed into an empty catalogue equals it; a changed row is found', async () => {
  const fixture = new EngineFixture();
  const install = { dataDir: fixture.dataDir, disks: [fixture.disk('disk1')] };
  try {
    await fill(fixture, false);
    const verdict = verifyReplayEqualsCatalogue(install);
    assert.deepEqual([verdict.differences, verdict.built.from], [[], 'empty']);
    const engine = await fixture.open();
    engine.core.parts.db.exec("UPDATE setting SET value = 'other' WHERE name = 'b'");
    engine.core.parts.db.exec('DELETE FROM body_extent WHERE body_id IN (SELECT max(body_id) FROM body_extent)');
    engine.abandon();
    const { differences } = verifyReplayEqualsCatalogue(install);
    assert.equal(differences.length, 2);
    assert.match(differences.join('\n'), /setting row 1.*other/);
    assert.ok(!readdirSync(fixture.dataDir).includes('built.db') && readdirSync(join(fixture.root)).length === 2);
  } finally {
    fixture.remove();
  }
});
