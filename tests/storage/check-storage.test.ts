import assert from 'node:assert/strict';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { containerPath } from '../../src-server/storage/layout.ts';
import { type CheckReport, isSound } from '../../src-server/tiers/check/check-report.ts';
import { checkStorage } from '../../src-server/tiers/check/check-storage.ts';
import { repairStorage } from '../../src-server/tiers/check/repair-storage.ts';
import { recoverDisk } from '../../src-server/tiers/recover-disk.ts';
import { openStoredObjects, type StoredObjects } from '../support/stored-objects.ts';

const MIB = 1_048_576;

async function check(objects: StoredObjects, frames = true): Promise<CheckReport> {
  return checkStorage(objects.checkDeps, { frames });
}

function repairDeps(objects: StoredObjects) {
  return { ...objects.checkDeps, engine: objects.engine.client, now: () => objects.nowMs as EpochMs };
}

function overwrite(path: string, position: number, bytes: Buffer): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, position);
  closeSync(fd);
}

describe('stowage check', () => {
  it('finds nothing wrong where nothing is', async () => {
    await using objects = await openStoredObjects();
    await objects.put('small', 10);
    await objects.put('middle', 300_000);
    await objects.put('large', 3 * MIB);
    await objects.put('gone', 20);
    await objects.remove('gone');
    const report = await check(objects);
    assert.ok(isSound(report));
    assert.equal(report.extents, 4);
    assert.equal(report.containers, 2);
    assert.deepEqual(report.unknownFiles, []);
  });

  it('names a missing file, a damaged frame, a damaged header and a file cut short, and whose they are', async () => {
    await using objects = await openStoredObjects();
    for (const key of ['missing', 'frame', 'header', 'short', 'well']) await objects.put(key, 2 * MIB);
    const path = async (key: string): Promise<string> => {
      const [slice] = await objects.slices(key);
      return containerPath(objects.root, 'chunk', slice?.containerName ?? '');
    };
    unlinkSync(await path('missing'));
    overwrite(await path('frame'), 700_000, Buffer.from('x'));
    overwrite(await path('header'), 50, Buffer.from('x'));
    truncateSync(await path('short'), MIB);
    const report = await check(objects);
    const damaged = report.problems.flatMap((problem) =>
      problem.kind === 'damaged-extent' ? [[problem.versions[0]?.key, problem.reason]] : [],
    );
    assert.deepEqual(damaged.sort(), [
      ['frame', 'frame 10'],
      ['header', 'no intact header'],
      ['short', 'the file ends before it'],
    ]);
    assert.equal(report.problems.filter(({ kind }) => kind === 'missing-file').length, 1);
    assert.equal(isSound(report), false);
    const quick = await check(objects, false);
    assert.equal(quick.problems.length, 2, 'without frames: the missing and the short one');
    // Nothing of it is touched.
    assert.deepEqual((await repairStorage(repairDeps(objects), report)).quarantined, []);
  });

  it('quarantines unknown files older than a day, and nothing else', async () => {
    await using objects = await openStoredObjects();
    objects.nowMs = Date.now();
    await objects.put('a', 2 * MIB);
    const old = [join('chunks', 'ab', `ab${'0'.repeat(30)}`), join('segments', 'notes.txt'), join('tmp', 'x')];
    const young = join('chunks', 'cd', `cd${'0'.repeat(30)}`);
    for (const path of [...old, young]) writeFileSync(join(objects.root, path), 'bytes');
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    for (const path of old) utimesSync(join(objects.root, path), twoDaysAgo, twoDaysAgo);
    const report = await check(objects);
    assert.ok(isSound(report));
    assert.deepEqual(report.unknownFiles.map(({ path }) => path).sort(), [...old, young].sort());
    const { quarantined } = await repairStorage(repairDeps(objects), report);
    assert.equal(quarantined.length, 3);
    for (const path of quarantined) assert.ok(existsSync(join(objects.root, path)));
    assert.ok(existsSync(join(objects.root, young)));
    assert.equal((await check(objects)).unknownFiles.length, 1);
    assert.ok(objects.expected.get('a')?.equals(await objects.read('a')));
  });

  it('does not take a row for the file of another disk or folder', async () => {
    await using objects = await openStoredObjects();
    await objects.put('a', 2 * MIB);
    const [slice] = await objects.slices('a');
    const wrong = join('chunks', slice?.containerName.startsWith('ff') ? '00' : 'ff', slice?.containerName ?? '');
    writeFileSync(join(objects.root, wrong), 'a copy in the wrong place');
    assert.deepEqual(
      (await check(objects)).unknownFiles.map(({ path }) => path),
      [wrong],
    );
  });

  it('reports every counter that drifted, and corrects it exactly', async () => {
    await using objects = await openStoredObjects();
    for (let index = 0; index < 4; index += 1) await objects.put(`k${index}`, 1_000);
    await objects.remove('k3');
    await objects.engine.run(async (tx) => {
      await tx.run('UPDATE container SET live_bytes = live_bytes + 7');
      await tx.run('UPDATE extent SET refs = 5 WHERE id = (SELECT min(id) FROM extent)');
      await tx.run('DELETE FROM garbage');
      await tx.run('UPDATE bucket_usage SET objects = 9, bytes = bytes - 1');
    });
    const report = await check(objects);
    const { containers, extents, buckets, garbage } = report.drift;
    assert.equal(containers[0]?.stored, (containers[0]?.counted ?? 0) + 7);
    assert.deepEqual([extents[0]?.stored, extents[0]?.counted], [5, 1]);
    assert.deepEqual([buckets[0]?.stored, buckets[0]?.counted], [2_999, 3_000]);
    assert.equal(garbage.length, 1);
    const { correctedCounters } = await repairStorage(repairDeps(objects), report);
    assert.equal(correctedCounters, 4);
    assert.ok(isSound(await check(objects)));
    const usage = await objects.engine.catalogue.read((tx) =>
      tx.all('SELECT bytes, versions, objects FROM bucket_usage'),
    );
    assert.deepEqual(usage, [{ bytes: 3_000, versions: 3, objects: 3 }]);
  });

  it('leaves what stands on an absent disk for later', async () => {
    await using objects = await openStoredObjects();
    await objects.put('a', 2 * MIB);
    const disks = objects.checkDeps.disks.map((disk) => ({ ...disk, root: undefined }));
    const report = await checkStorage({ ...objects.checkDeps, disks }, { frames: true });
    assert.ok(isSound(report));
    assert.equal(report.onAbsentDisks, 2);
  });
});

describe('the fast pass over a disk at start', () => {
  it('removes our own unfinished files and keeps everything else', async () => {
    await using objects = await openStoredObjects();
    const folder = join(objects.root, 'tmp');
    writeFileSync(join(folder, `${'0a'.repeat(16)}.tmp`), 'unfinished');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const found = await recoverDisk(objects.checkDeps.fs, objects.root, 5);
    assert.deepEqual(found, { removed: 1, quarantined: 1 });
    assert.deepEqual(readdirSync(folder), []);
    assert.deepEqual(readdirSync(join(objects.root, 'quarantine')), ['5-tmp-notes.txt']);
  });
});
