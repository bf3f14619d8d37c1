import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { EpochMs, ExtentId } from '../../src-server/domain/ids.ts';
import { GarbageCollectionJob } from '../../src-server/jobs/garbage-collection/garbage-collection-job.ts';
import type { Job } from '../../src-server/jobs/job.ts';
import { nodeFileSystem } from '../../src-server/platform/fs-port.ts';
import { containerPath } from '../../src-server/storage/layout.ts';
import { isSound } from '../../src-server/tiers/check/check-report.ts';
import { checkStorage, recount } from '../../src-server/tiers/check/check-storage.ts';
import { openStoredObjects, type StoredObjects } from '../support/stored-objects.ts';

const MIB = 1_048_576;
const GRACE_MS = 3_600_000;

function collector(objects: StoredObjects): GarbageCollectionJob {
  return new GarbageCollectionJob({ ...objects.jobDeps, graceMs: GRACE_MS });
}

async function runUntilRest(job: Job): Promise<number> {
  for (let steps = 1; ; steps += 1) {
    const outcome = await job.step(new AbortController().signal);
    if (outcome.kind === 'rest') return steps;
    assert.ok(steps < 500, 'the job ends');
  }
}

async function count(objects: StoredObjects, table: 'extent' | 'garbage' | 'container' | 'replica'): Promise<number> {
  const sql = { extent: 'extent', garbage: 'garbage', container: 'container', replica: 'replica' }[table];
  const rows = await objects.engine.catalogue.read((tx) => tx.all(`SELECT 1 AS one FROM ${sql}`));
  return rows.length;
}

async function assertSound(objects: StoredObjects): Promise<void> {
  const report = await checkStorage(objects.checkDeps, { frames: true });
  assert.ok(isSound(report), JSON.stringify(report));
  assert.deepEqual(report.unknownFiles, []);
  for (const [key, body] of objects.expected) assert.ok(body.equals(await objects.read(key)), key);
}

describe('garbage collection', () => {
  it('keeps what was deleted for the grace period, then removes rows, files and containers', async () => {
    await using objects = await openStoredObjects();
    for (let index = 0; index < 5; index += 1) {
      await objects.put(`small-${index}`, 4_096);
      await objects.put(`large-${index}`, 2 * MIB);
    }
    for (let index = 0; index < 3; index += 1) {
      await objects.remove(`small-${index}`);
      await objects.remove(`large-${index}`);
    }
    const job = collector(objects);
    objects.nowMs += GRACE_MS - 1;
    await runUntilRest(job);
    assert.equal(await count(objects, 'extent'), 10);
    objects.nowMs += 1;
    await runUntilRest(job);
    assert.equal(await count(objects, 'extent'), 4);
    assert.equal(await count(objects, 'garbage'), 0);
    assert.equal(await count(objects, 'container'), 1 + 2);
    assert.equal(job.facts().removedContainers, 3);
    await assertSound(objects);
  });

  it('leaves bytes that something still names', async () => {
    await using objects = await openStoredObjects();
    await objects.put('a', 2 * MIB);
    const [row] = await objects.engine.catalogue.read((tx) => tx.all<{ id: ExtentId }>('SELECT id FROM extent'));
    assert.ok(row);
    // A list entry that should not be there: the references decide.
    await objects.engine.run((tx) => tx.run('INSERT INTO garbage (extent_id, since_ms) VALUES (?, 0)', row.id));
    await runUntilRest(collector(objects));
    assert.equal(await count(objects, 'garbage'), 0);
    await assertSound(objects);
  });

  it('waits for readers of a container, and goes on after a crash between commit and unlink', async () => {
    await using objects = await openStoredObjects();
    await objects.put('a', 2 * MIB);
    const [slice] = await objects.slices('a');
    assert.ok(slice);
    const path = containerPath(objects.root, 'chunk', slice.containerName);
    await objects.remove('a');
    objects.nowMs += GRACE_MS;
    objects.bytes.pins.pin(slice.containerName);
    const job = collector(objects);
    await runUntilRest(job);
    assert.equal(await count(objects, 'extent'), 0);
    assert.equal(job.facts().doomedContainers, 1);
    assert.equal(existsSync(path), true);
    objects.bytes.pins.unpin(slice.containerName);
    // The process that doomed it is gone; the next one finds it.
    const next = collector(objects);
    await runUntilRest(next);
    assert.equal(existsSync(path), false);
    assert.equal(await count(objects, 'container'), 1);
    assert.equal(await count(objects, 'replica'), 1);
  });

  it('repeats an unlink that was not followed by a commit', async () => {
    await using objects = await openStoredObjects();
    await objects.put('a', 2 * MIB);
    const [slice] = await objects.slices('a');
    assert.ok(slice);
    await objects.remove('a');
    objects.nowMs += GRACE_MS;
    const [row] = await objects.engine.catalogue.read((tx) => tx.all<{ id: ExtentId }>('SELECT id FROM extent'));
    const beforeMs = objects.nowMs as EpochMs;
    await objects.engine.client.submit('collect-garbage', { extentIds: row ? [row.id] : [], beforeMs });
    await nodeFileSystem.unlink(containerPath(objects.root, 'chunk', slice.containerName));
    await runUntilRest(collector(objects));
    assert.equal(await count(objects, 'container'), 1);
  });

  it('waits for an absent disk', async () => {
    await using objects = await openStoredObjects();
    await objects.put('a', 2 * MIB);
    await objects.remove('a');
    objects.nowMs += GRACE_MS;
    objects.bytes.placer.absent.add(1);
    const job = collector(objects);
    await runUntilRest(job);
    assert.equal(job.facts().doomedContainers, 1);
    objects.bytes.placer.absent.clear();
    await runUntilRest(job);
    assert.equal(job.facts().doomedContainers, 0);
    const chunks = join(objects.root, 'chunks');
    assert.deepEqual(
      readdirSync(chunks).flatMap((shard) => readdirSync(join(chunks, shard))),
      [],
    );
  });

  it('takes many in several bounded commands, and young ones do not hide old ones', async () => {
    await using objects = await openStoredObjects();
    for (let index = 0; index < 300; index += 1) await objects.put(`k${index}`, 10);
    for (let index = 0; index < 300; index += 2) await objects.remove(`k${index}`);
    objects.nowMs += GRACE_MS;
    for (let index = 1; index < 300; index += 4) await objects.remove(`k${index}`);
    await runUntilRest(collector(objects));
    assert.equal(await count(objects, 'garbage'), 75);
    const drift = await objects.engine.catalogue.read((tx) => recount(tx));
    assert.deepEqual(drift, { containers: [], extents: [], buckets: [], tenants: [], garbage: [] });
  });
});
