import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isFailure } from '../../../src-server/domain/failure.ts';
import { segmentPaths, settings } from '../../support/engine-asserts.ts';
import { EngineFixture, put } from '../../support/engine-fixture.ts';

const mismatch = (message: RegExp) => ({ name: 'InstallMismatch', message });

test('rule 18: an empty data folder beside the disks of an install', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await engine.submit(put('a'));
    await engine.close();
    renameSync(fixture.dataDir, join(fixture.root, 'elsewhere'));
    mkdirSync(fixture.dataDir);
    await assert.rejects(fixture.open(), mismatch(/rebuild-catalogue/));
    rmSync(fixture.dataDir, { recursive: true });
    renameSync(join(fixture.root, 'elsewhere'), fixture.dataDir);
    const again = await fixture.open();
    assert.deepEqual(settings(again), ['a']);
    await again.close();
  } finally {
    fixture.remove();
  }
});

test('rule 18: a disk with the log of another install', async () => {
  const [mine, other] = [new EngineFixture(), new EngineFixture()];
  try {
    const first = await mine.open();
    await first.close();
    const second = await other.open({ createInstall: { logId: Buffer.alloc(16, 9) } });
    await second.close();
    const foreign = { ...mine.disk('disk2'), path: other.disk('disk1').path };
    await assert.rejects(mine.open({ otherDisks: [foreign] }), mismatch(/another install.*0909/));
  } finally {
    mine.remove();
    other.remove();
  }
});

test('rule 18: a name that belongs to another disk of the install', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open({ otherDisks: [fixture.disk('disk2')] });
    await engine.close();
    const impostor = { ...fixture.disk('disk3'), name: 'disk2' };
    await assert.rejects(fixture.open({ otherDisks: [impostor] }), mismatch(/disk2/));
    const swapped = [
      { ...fixture.disk('disk1'), name: 'disk2' },
      { ...fixture.disk('disk2'), name: 'disk1' },
    ] as const;
    const again = await fixture.open({ logDisk: swapped[0], otherDisks: [swapped[1]] });
    const names = again.core.parts.db.prepare('SELECT name FROM disk ORDER BY uuid').pluck().all();
    assert.deepEqual(names, ['disk2', 'disk1']);
    await again.close();
  } finally {
    fixture.remove();
  }
});

test('rule 18: a file that came to stand on another device is not kept: the disk has vanished', async () => {
  const fixture = new EngineFixture();
  try {
    const engine = await fixture.open();
    await engine.submit(put('a'));
    await engine.close();
    const vanished = { ...fixture.disk('disk1'), device: 123_456 };
    const again = await fixture.open({ logDisk: vanished });
    await assert.rejects(again.submit(put('b')), (failure) => isFailure(failure, 'ServiceUnavailable'));
    assert.deepEqual(readdirSync(join(vanished.path, 'log')), ['0000000000000001.log']);
    await again.close();
    const elsewhere = await fixture.open({ logDisk: vanished, otherDisks: [fixture.disk('disk2')] });
    await elsewhere.submit(put('c'));
    assert.equal(segmentPaths(fixture.disk('disk2')).length, 1);
    await elsewhere.close();
  } finally {
    fixture.remove();
  }
});
