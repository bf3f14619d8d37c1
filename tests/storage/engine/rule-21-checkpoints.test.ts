import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareCatalogues } from '../../../src-server/db/sqlite/compare-catalogues.ts';
import { copyCatalogue } from '../../../src-server/db/sqlite/copy-catalogue.ts';
import { openDatabase } from '../../../src-server/db/sqlite/open-database.ts';
import { runCatalogueTask } from '../../../src-server/engine/checkpoint/catalogue-tasks.ts';
import { findCheckpoints } from '../../../src-server/engine/checkpoint/checkpoint-files.ts';
import { fileCrc32c } from '../../../src-server/engine/checkpoint/file-crc.ts';
import { assertReplayEqual } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';
import { FaultyIo } from '../../support/faulty-io.ts';

test('rule 21: a checkpoint is the catalogue of one moment, whatever is written meanwhile', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await engine.submit(async (tx) => {
      for (let index = 0; index < 12_000; index += 1) {
        await tx.run('INSERT INTO setting (name, value) VALUES (?, ?)', `n${index}`, 'x');
      }
    });
    const live = join(fixture.dataDir, 'catalogue.db');
    const target = join(fixture.root, 'copy.db');
    const frozen = openDatabase(live, { readonly: true });
    frozen.exec('BEGIN');
    frozen.prepare('SELECT count(*) FROM setting').get();
    let steps = 0;
    copyCatalogue(live, target, () => {
      steps += 1;
      // A commit between two steps of the copy.
      engine.core.parts.db.exec(`INSERT INTO setting (name, value) VALUES ('late ${steps}', 'x')`);
      return true;
    });
    assert.ok(steps >= 2);
    const copy = openDatabase(target, { readonly: true, journal: 'keep' });
    assert.deepEqual(compareCatalogues(frozen, copy), []);
    assert.equal(copy.pragma('user_version', { simple: true }), frozen.pragma('user_version', { simple: true }));
    copy.close();
    frozen.close();
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('rule 21: two are kept, on the log disk and on a second one; each is whole and names its record', async () => {
  const fixture = new EngineFixture();
  const disks = [fixture.disk('disk1'), fixture.disk('disk2')] as const;
  try {
    const engine = await fixture.open({ otherDisks: [disks[1]] });
    for (const name of ['a', 'b', 'c']) {
      await engine.submit(put(name));
      const manifest = await engine.keeper.make();
      assert.equal(manifest.appliedSequence, engine.core.parts.head.last.sequence);
    }
    const again = await engine.keeper.make();
    assert.equal(again.appliedSequence, engine.core.parts.head.last.sequence);
    for (const disk of disks) {
      const found = findCheckpoints([disk]);
      assert.deepEqual(
        found.map((one) => one.manifest.appliedSequence),
        [4, 3],
      );
      for (const { path, manifest } of found) assert.equal(fileCrc32c(path), manifest.crc32c);
      assert.equal(readdirSync(join(disk.path, 'checkpoints')).length, 4);
    }
    await engine.close();
    assertReplayEqual(fixture, disks);
    // Without the log's beginning the replay starts from the oldest checkpoint.
    rmSync(join(disks[0].path, 'checkpoints'), { recursive: true });
    assertReplayEqual(fixture, disks);
  } finally {
    fixture.remove();
  }
});

test('rule 21: due by bytes of records, by time, and not too often', async () => {
  const fixture = new EngineFixture();
  try {
    const limits = { checkpointBytes: 1000, checkpointPauseMs: 10_000, checkpointEveryMs: 1_000_000 };
    const engine = await fixture.open({ limits });
    fixture.nowMs += 20_000;
    assert.equal(engine.keeper.isDue(), true);
    await engine.keeper.make();
    assert.equal(engine.keeper.isDue(), false);
    const { db } = engine.core.parts;
    const half = (Number(db.pragma('page_count', { simple: true })) * 4096) / 2;
    await engine.submit(put('a', 'v'.repeat(500)));
    fixture.nowMs += 20_000;
    assert.equal(engine.keeper.isDue(), false);
    for (let index = 0; index < half / 10_000 + 20; index += 1)
      await engine.submit(put(`n${index}`, 'v'.repeat(20_000)));
    assert.equal(engine.keeper.isDue(), true);
    await engine.keeper.make();
    await engine.submit(put('b'));
    assert.equal(engine.keeper.isDue(), false);
    fixture.nowMs += 2_000_000;
    assert.equal(engine.keeper.isDue(), true);
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('rule 21: in relaxed mode the log is synced past a checkpoint before it counts', async () => {
  const fixture = new EngineFixture();
  const io = new FaultyIo();
  try {
    const engine = await fixture.open({ io: io.wrap, durability: 'relaxed', limits: { syncEveryMs: 1e6 } });
    await engine.submit(put('a'));
    const before = io.of('fdatasync', /\.log$/).length;
    const manifest = await engine.keeper.make();
    assert.equal(io.of('fdatasync', /\.log$/).length, before + 1);
    assert.ok(engine.core.parts.head.syncedSequence >= manifest.appliedSequence);
    await engine.close();
  } finally {
    fixture.remove();
  }
});

test('rule 21: a WAL that grows too long, or a stop, gives the copy up and leaves nothing', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ limits: { walAbortBytes: 1 } });
    await engine.submit(async (tx) => {
      for (let index = 0; index < 6000; index += 1) {
        await tx.run('INSERT INTO setting (name, value) VALUES (?, ?)', `n${index}`, 'x');
      }
    });
    await assert.rejects(engine.keeper.make(), { name: 'CopyAborted' });
    assert.deepEqual(readdirSync(join(fixture.disk('disk1').path, 'checkpoints')), []);
    await engine.close();
    const task = {
      kind: 'copy',
      live: join(fixture.dataDir, 'catalogue.db'),
      target: join(fixture.root, 'copy.db'),
      nowMs: 1,
      walAbortBytes: 1e9,
      migrations: [],
    } as const;
    assert.throws(() => runCatalogueTask(task, () => false), { name: 'CopyAborted' });
    assert.ok(!readdirSync(fixture.root).includes('copy.db'));
  } finally {
    fixture.remove();
  }
});
