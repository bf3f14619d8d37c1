import assert from 'node:assert/strict';
import { copyFileSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

for (const catalogue of ['sound', 'damaged', 'absent'] as const) {
  test(`the log is gone, the catalogue ${catalogue}: a new log begins behind what is left, and goes on`, async () => {
    const fixture = new EngineFixture();
    const disks = [fixture.disk('disk1')];
    const install = { dataDir: fixture.dataDir, disks, salvage: undefined };
    const path = join(fixture.dataDir, 'catalogue.db');
    try {
      await fill(fixture, true);
      rmSync(segmentPaths(fixture.disk('disk1'))[0] ?? '');
      const refused = await fixture.open();
      assert.match(refused.recovered.refusal ?? '', /absent/);
      await refused.close();
      if (catalogue === 'absent') rmSync(path);
      if (catalogue === 'damaged') writeFileSync(path, Buffer.alloc(100_000, 'not a catalogue'));
      const begun = await rebuildCatalogue(install);
      assert.deepEqual(
        [begun.kind, begun.kind === 'begun' && begun.from],
        ['begun', catalogue === 'sound' ? 'catalogue' : 'checkpoint'],
      );
      assertReplayEqual(fixture);
      const left = catalogue === 'sound' ? ['a', 'b', 'c', 'd'] : ['a', 'b', 'c'];
      const engine = await fixture.open();
      assert.deepEqual([engine.recovered.refusal, settings(engine)], [undefined, left]);
      await engine.submit(put('e'));
      await engine.submit(putBodies('later'), [body(1)]);
      assert.ok(engine.core.parts.head.segment.number > 1, 'the number of a lost segment was given again');
      await engine.close();
      assertReplayEqual(fixture);
      rmSync(path);
      const again = await rebuildCatalogue(install);
      assert.deepEqual([again.kind, again.kind === 'rebuilt' && again.from], ['rebuilt', 'checkpoint']);
      const last = await fixture.open();
      assert.deepEqual(settings(last), [...left, 'e']);
      await last.close();
    } finally {
      fixture.remove();
    }
  });
}

test('a new log whose beginning was cut off between two renames is begun where it stood', async () => {
  const fixture = new EngineFixture();
  const disks = [fixture.disk('disk1')];
  const install = { dataDir: fixture.dataDir, disks, salvage: undefined };
  const path = join(fixture.dataDir, 'catalogue.db');
  try {
    await fill(fixture, true);
    rmSync(segmentPaths(fixture.disk('disk1'))[0] ?? '');
    assert.equal((await rebuildCatalogue(install)).kind, 'begun');
    // As it looks when the old one is set aside and the new one has not its name yet; no checkpoint was made.
    renameSync(path, `${path}.begun`);
    const reason = 'rebuild-catalogue was asked for and did not end';
    writeFileSync(join(fixture.dataDir, 'catalogue-doubtful.json'), JSON.stringify({ reason }));
    const again = await rebuildCatalogue(install);
    assert.deepEqual([again.kind, again.kind === 'begun' && again.from], ['begun', 'catalogue']);
    const engine = await fixture.open();
    assert.deepEqual([engine.recovered.refusal, settings(engine)], [undefined, ['a', 'b', 'c', 'd']]);
    await engine.submit(put('e'));
    await engine.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('the segments of a lost log that come back are not taken for a part of the new one', async () => {
  const fixture = new EngineFixture();
  const disk = fixture.disk('disk1');
  const install = { dataDir: fixture.dataDir, disks: [disk], salvage: undefined };
  const elsewhere = join(fixture.root, 'elsewhere');
  try {
    await fill(fixture, true);
    renameSync(join(disk.path, 'log'), elsewhere);
    assert.equal((await rebuildCatalogue(install)).kind, 'begun');
    const engine = await fixture.open();
    await engine.submit(put('new'));
    await engine.close();
    copyFileSync(join(elsewhere, '0000000000000001.log'), join(disk.path, 'log', '0000000000000001.log'));
    const again = await fixture.open();
    assert.deepEqual(settings(again), ['a', 'b', 'c', 'd', 'new']);
    assertBodiesReadable(again, [disk]);
    await again.close();
    assertReplayEqual(fixture);
  } finally {
    fixture.remove();
  }
});

test('a segment whose header is damaged, and no other: the bodies in it can be read again under a new log', async () => {
  const fixture = new EngineFixture();
  const disk = fixture.disk('disk1');
  try {
    await fill(fixture, true);
    const path = segmentPaths(disk)[0] ?? '';
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(50) ^ 4, 50);
    writeFileSync(path, bytes);
    const refused = await fixture.open();
    assert.match(refused.recovered.refusal ?? '', /header/);
    await refused.close();
    const outcome = await rebuildCatalogue({ dataDir: fixture.dataDir, disks: [disk], salvage: undefined });
    assert.equal(outcome.kind, 'begun');
    const engine = await fixture.open();
    assert.deepEqual([engine.recovered.refusal, settings(engine)], [undefined, ['a', 'b', 'c', 'd']]);
    assertBodiesReadable(engine, [disk]);
    await engine.submit(put('e'));
    await engine.close();
    const again = await fixture.open();
    assert.equal(again.recovered.refusal, undefined);
    await again.close();
  } finally {
    fixture.remove();
  }
});

test('neither log nor checkpoint nor catalogue: without bodies to salvage nothing is made up', async () => {
  const fixture = new EngineFixture();
  const disks = [fixture.disk('disk1')];
  try {
    await fill(fixture, false);
    rmSync(segmentPaths(fixture.disk('disk1'))[0] ?? '');
    rmSync(join(fixture.dataDir, 'catalogue.db'));
    const install = { dataDir: fixture.dataDir, disks };
    await assert.rejects(rebuildCatalogue({ ...install, salvage: undefined }), { name: 'NothingToRebuildFrom' });
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
