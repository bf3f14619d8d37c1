import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { StagedBody } from '../../src-server/storage/body-store.ts';
import { createBodyStore } from '../../src-server/storage/create-body-store.ts';
import { createIoPool } from '../../src-server/storage/io-pool.ts';
import { ReaderPins } from '../../src-server/storage/reader-pins.ts';
import { commitFrames, makeDisk, readAll, TEST_INSTALL_TAG, TestPlacer } from '../support/body-store.ts';

const MIB = 1_048_576;
const folder = mkdtempSync(join(tmpdir(), 'stowage-threads-'));
after(() => rmSync(folder, { recursive: true }));

/** Stores as HTTP threads have them: their own memory and ports, the same workers and disks. */
function openStores(count: number, httpThreads = count) {
  const targets = [makeDisk(1, mkdtempSync(join(folder, 'd-')))];
  const pool = createIoPool({
    workers: 2,
    installTag: TEST_INSTALL_TAG,
    onDeath: (error) => {
      throw error;
    },
  });
  const pins = new ReaderPins();
  const stores = Array.from({ length: count }, () => {
    const placer = new TestPlacer(targets);
    const options = { placer, pins, installTag: TEST_INSTALL_TAG, httpThreads, onSegmentSealed: () => {} };
    return { placer, store: createBodyStore({ ...options, ports: pool.connect() }) };
  });
  const close = async (): Promise<void> => {
    for (const { store } of stores) store.close();
    await pool.close();
  };
  return { stores, targets, close };
}

type Store = ReturnType<typeof openStores>['stores'][number]['store'];

async function stage(store: Store, body: Buffer, pieceBytes = 65_536): Promise<StagedBody> {
  const origin = { bucket: 'b', key: 'k', versionId: 'v' };
  const size = body.length;
  const writer = store.stage({ tier: 'hot', expectedSizeBytes: size, digests: ['MD5'], dataKey: undefined, origin });
  for (let at = 0; at < size; at += pieceBytes) {
    await writer.write(body.subarray(at, at + pieceBytes));
    // Lets the others go on, as a socket would.
    await new Promise(setImmediate);
  }
  return writer.finish();
}

describe('several HTTP threads', () => {
  it('append to one segment without touching each other', async () => {
    const { stores, targets, close } = openStores(2);
    try {
      const [disk] = targets;
      assert.ok(disk);
      for (const { placer } of stores) placer.small = 'segment';
      const bodies = Array.from({ length: 60 }, (_, index) => randomBytes(1_000 * (index + 1)));
      const staged = await Promise.all(
        bodies.map((body, index) => stage(stores[index % 2]?.store ?? assert.fail(), body)),
      );
      const names = new Set<string>();
      const ranges: [number, number][] = [];
      for (const [index, each] of staged.entries()) {
        const slices = await commitFrames(disk, each);
        const [slice] = slices;
        assert.ok(slice);
        names.add(slice.containerName);
        ranges.push([slice.offset, slice.offset + slice.headerLength + slice.storedLength]);
        const other = stores[(index + 1) % 2]?.store ?? assert.fail();
        assert.ok(bodies[index]?.equals(await readAll(other, slices)));
      }
      assert.equal(names.size, 1);
      ranges.sort((a, b) => a[0] - b[0]);
      for (const [index, [start]] of ranges.entries()) assert.equal(start, ranges[index - 1]?.[1] ?? 64);
    } finally {
      await close();
    }
  });

  it('many uploads of every size go on in a single block of memory', { timeout: 60_000 }, async () => {
    // As many threads as leave one block for each.
    const { stores, targets, close } = openStores(1, 90);
    try {
      const [disk] = targets;
      assert.ok(disk);
      const store = stores[0]?.store ?? assert.fail();
      const body = randomBytes(3 * MIB);
      const sizes = Array.from({ length: 64 }, (_, index) => [3 * MIB, 700_000, 100_000, 5_000][index % 4] ?? 0);
      await Promise.all(
        sizes.map(async (size) => {
          const staged = await stage(store, body.subarray(0, size), 40_000);
          const slices = await commitFrames(disk, staged);
          staged.release();
          assert.ok(body.subarray(0, size).equals(await readAll(store, slices)));
        }),
      );
    } finally {
      await close();
    }
  });

  it('a thread that goes leaves what is complete, for a command may name it, and nothing half', async () => {
    const { stores, targets, close } = openStores(1);
    const [disk] = targets;
    const store = stores[0]?.store;
    assert.ok(disk && store);
    try {
      await stage(store, randomBytes(2 * MIB));
      const origin = { bucket: 'b', key: 'k', versionId: 'v' };
      const size = 4 * MIB;
      const writer = store.stage({ tier: 'hot', expectedSizeBytes: size, digests: [], dataKey: undefined, origin });
      await writer.write(randomBytes(3 * MIB));
      const unfinished = (): number => readdirSync(join(disk.root, 'tmp')).length;
      while (unfinished() === 0) await new Promise(setImmediate);
      store.close();
      while (unfinished() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      const chunks = join(disk.root, 'chunks');
      assert.equal(readdirSync(chunks).flatMap((shard) => readdirSync(join(chunks, shard))).length, 1);
    } finally {
      await close();
    }
  });

  it('a worker that dies fails what it had, at once', async () => {
    const deaths: string[] = [];
    const pool = createIoPool({
      workers: 1,
      installTag: TEST_INSTALL_TAG,
      onDeath: (error) => deaths.push(error.message),
    });
    const placer = new TestPlacer([makeDisk(1, mkdtempSync(join(folder, 'd-')))]);
    const options = { placer, pins: new ReaderPins(), installTag: TEST_INSTALL_TAG, httpThreads: 1 };
    const store = createBodyStore({ ...options, onSegmentSealed: () => {}, ports: pool.connect() });
    const origin = { bucket: 'b', key: 'k', versionId: 'v' };
    const writer = store.stage({
      tier: 'hot',
      expectedSizeBytes: 9 * MIB,
      digests: [],
      dataKey: undefined,
      origin,
    });
    await writer.write(randomBytes(2 * MIB));
    await pool.close();
    await assert.rejects(async () => {
      await writer.write(randomBytes(7 * MIB));
      await writer.finish();
    });
    assert.deepEqual(deaths, [], 'it was told to');
    store.close();
  });
});
