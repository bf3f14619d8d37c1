import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ExtentMove } from '../../src-server/commands/relocate-extents.ts';
import type { ContainerId, EpochMs, ExtentId } from '../../src-server/domain/ids.ts';
import { CompactionJob } from '../../src-server/jobs/compaction/compaction-job.ts';
import { isWorthCopying } from '../../src-server/jobs/compaction/is-worth-copying.ts';
import { GarbageCollectionJob } from '../../src-server/jobs/garbage-collection/garbage-collection-job.ts';
import type { Job } from '../../src-server/jobs/job.ts';
import { isSound } from '../../src-server/tiers/check/check-report.ts';
import { checkStorage } from '../../src-server/tiers/check/check-storage.ts';
import { openStoredObjects, type StoredObjects } from '../support/stored-objects.ts';

const KIB = 1_024;
const GRACE_MS = 3_600_000;

async function runUntilRest(job: Job): Promise<void> {
  for (let steps = 1; ; steps += 1) {
    const outcome = await job.step(new AbortController().signal);
    if (outcome.kind === 'rest') return;
    assert.ok(steps < 500, 'the job ends');
  }
}

function compactor(objects: StoredObjects): CompactionJob {
  return new CompactionJob({ ...objects.jobDeps, appender: objects.bytes.store.appender, readersDrainMs: 0 });
}

async function collect(objects: StoredObjects): Promise<void> {
  objects.nowMs += GRACE_MS;
  await runUntilRest(new GarbageCollectionJob({ ...objects.jobDeps, graceMs: GRACE_MS }));
}

async function assertSound(objects: StoredObjects): Promise<void> {
  const report = await checkStorage(objects.checkDeps, { frames: true });
  assert.ok(isSound(report), JSON.stringify(report));
  for (const [key, body] of objects.expected) assert.ok(body.equals(await objects.read(key)), key);
}

async function containerOf(objects: StoredObjects, key: string): Promise<string | undefined> {
  return (await objects.slices(key))[0]?.containerName;
}

describe('compaction', () => {
  it('moves what lives in a sparse segment of the log to its end, byte for byte', async () => {
    await using objects = await openStoredObjects();
    for (let index = 0; index < 40; index += 1) await objects.put(`k${index}`, 64 * KIB + index);
    await objects.sealLog('old.log');
    for (let index = 0; index < 40; index += 1) if (index % 4 !== 0) await objects.remove(`k${index}`);
    await collect(objects);
    const job = compactor(objects);
    await runUntilRest(job);
    assert.equal(job.facts().copiedExtents, 10);
    assert.equal(await containerOf(objects, 'k4'), '0000000000000001.log');
    const left = await objects.engine.catalogue.read((tx) =>
      tx.all(`SELECT e.id FROM extent AS e JOIN container AS c ON c.id = e.container_id WHERE c.name = 'old.log'`),
    );
    assert.deepEqual(left, []);
    await assertSound(objects);
  });

  it('leaves alone what is dense enough, and what only garbage in its grace fills', async () => {
    await using objects = await openStoredObjects();
    for (let index = 0; index < 10; index += 1) await objects.put(`k${index}`, 64 * KIB);
    await objects.sealLog('old.log');
    for (let index = 0; index < 3; index += 1) await objects.remove(`k${index}`);
    await collect(objects);
    const job = compactor(objects);
    await runUntilRest(job);
    assert.equal(job.facts().copiedExtents, 0);
    for (let index = 3; index < 8; index += 1) await objects.remove(`k${index}`);
    await runUntilRest(job);
    assert.equal(job.facts().copiedExtents, 0, 'nothing was collected yet, so nothing would come free');
    await collect(objects);
    await runUntilRest(job);
    assert.equal(job.facts().copiedExtents, 2);
    await assertSound(objects);
  });

  it('copies what lives in a tier’s segment to the end of the tier’s newest one', async () => {
    await using objects = await openStoredObjects();
    objects.bytes.placer.small = 'segment';
    for (let index = 0; index < 20; index += 1) await objects.put(`k${index}`, index % 2 === 0 ? 100 * KIB : 5_000);
    await objects.engine.client.submit('seal-segments', { names: 'all' });
    const name = await containerOf(objects, 'k0');
    for (let index = 0; index < 18; index += 1) await objects.remove(`k${index}`);
    await collect(objects);
    // The appender never left the file in this test, so that is the newest one too.
    const job = compactor(objects);
    await runUntilRest(job);
    assert.equal(job.facts().copiedExtents, 2);
    await assertSound(objects);
    assert.ok(readdirSync(join(objects.root, 'segments')).includes(name ?? ''));
  });

  it('removes a tier’s segment once nothing stands in it', async () => {
    await using objects = await openStoredObjects();
    objects.bytes.placer.small = 'segment';
    await objects.put('a', 100 * KIB);
    await objects.engine.client.submit('seal-segments', { names: 'all' });
    const name = await containerOf(objects, 'a');
    assert.ok(name);
    await objects.remove('a');
    await collect(objects);
    objects.bytes.pins.pin(name);
    const job = compactor(objects);
    await runUntilRest(job);
    await collect(objects);
    assert.deepEqual(readdirSync(join(objects.root, 'segments')), [name]);
    objects.bytes.pins.unpin(name);
    await runUntilRest(job);
    await collect(objects);
    assert.deepEqual(readdirSync(join(objects.root, 'segments')), []);
    await assertSound(objects);
  });

  it('does not carry damage on, and goes on with other segments', async () => {
    await using objects = await openStoredObjects();
    for (const name of ['bad.log', 'good.log']) {
      for (let index = 0; index < 8; index += 1) await objects.put(`${name}-${index}`, 64 * KIB);
      await objects.sealLog(name);
      for (let index = 0; index < 6; index += 1) await objects.remove(`${name}-${index}`);
    }
    await collect(objects);
    const [slice] = await objects.slices('bad.log-7');
    assert.ok(slice);
    const fd = openSync(join(objects.root, 'log', 'bad.log'), 'r+');
    writeSync(fd, Buffer.of(1, 2, 3), 0, 3, slice.offset + slice.headerLength + 100);
    closeSync(fd);
    const job = compactor(objects);
    await assert.rejects(async () => {
      for (;;) await job.step();
    }, /frame 0/);
    await runUntilRest(job);
    assert.equal(job.facts().stuckSegments, 1);
    assert.equal(job.facts().copiedExtents, 2);
    assert.equal(await containerOf(objects, 'bad.log-7'), 'bad.log');
    assert.equal(await containerOf(objects, 'good.log-7'), '0000000000000001.log');
    assert.deepEqual(
      objects.bytes.placer.faults.map(({ code }) => code),
      ['DAMAGED'],
    );
  });

  it('repoints nothing that was collected or moved meanwhile', async () => {
    await using objects = await openStoredObjects();
    await objects.put('a', KIB);
    const [row] = await objects.engine.catalogue.read((tx) =>
      tx.all<{ id: ExtentId; container_id: ContainerId; container_offset: number; bytes: number }>(
        'SELECT id, container_id, container_offset, header_length + stored_length AS bytes FROM extent',
      ),
    );
    assert.ok(row);
    const move: ExtentMove = {
      extentId: row.id,
      fromContainerId: row.container_id,
      fromOffset: row.container_offset + 8,
      footprintBytes: row.bytes,
      to: { kind: 'log', frame: 0 },
    };
    const submit = (moves: ExtentMove[]) =>
      objects.engine.client.submit('relocate-extents', { moves, nowMs: 0 as EpochMs }, [Buffer.alloc(row.bytes)]);
    assert.equal(await submit([move]), 0);
    assert.equal(await submit([{ ...move, extentId: 1 as ExtentId, fromOffset: row.container_offset }]), 0);
    await assertSound(objects);
  });
});

describe('is a segment worth copying', () => {
  const MIB = 1_048_576;
  it('counts what the copies cost the log', () => {
    assert.equal(isWorthCopying('segment', 100 * MIB, 59 * MIB, 1_000), true);
    assert.equal(isWorthCopying('segment', 100 * MIB, 60 * MIB, 1_000), false);
    assert.equal(isWorthCopying('log', 100 * MIB, 30 * MIB, 10), true);
    assert.equal(isWorthCopying('log', 100 * MIB, 30 * MIB, 100_000), false, 'tiny bodies: mostly records by nature');
    assert.equal(isWorthCopying('segment', 0, 0, 0), false);
  });
});
