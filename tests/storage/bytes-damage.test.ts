import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { closeSync, copyFileSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isFailure } from '../../src-server/domain/failure.ts';
import { nodeFileSystem } from '../../src-server/platform/fs-port.ts';
import { DamagedExtent, type DataKey, type ExtentSlice, type StagedBody } from '../../src-server/storage/body-store.ts';
import { containerPath } from '../../src-server/storage/layout.ts';
import { scanExtents } from '../../src-server/storage/scan-extents.ts';
import { commitFrames, cut, openTestBytes, readAll, TEST_INSTALL_TAG, type TestBytes } from '../support/body-store.ts';

const MIB = 1_048_576;
const KEY: DataKey = { plain: randomBytes(32), envelope: randomBytes(69) };

async function withBytes<T>(work: (bytes: TestBytes) => Promise<T>, options: { disks?: number } = {}): Promise<T> {
  const bytes = openTestBytes(options);
  try {
    return await work(bytes);
  } finally {
    await bytes.close();
  }
}

async function stage(bytes: TestBytes, body: Buffer, dataKey?: DataKey, key = 'k'): Promise<StagedBody> {
  const origin = { bucket: 'b', key, versionId: 'v' };
  const size = body.length;
  const writer = bytes.store.stage({ tier: 'hot', expectedSizeBytes: size, digests: [], dataKey, origin });
  await writer.write(body);
  return writer.finish();
}

async function store(bytes: TestBytes, body: Buffer, dataKey?: DataKey): Promise<readonly ExtentSlice[]> {
  const staged = await stage(bytes, body, dataKey);
  const [disk] = bytes.placer.targets;
  assert.ok(disk);
  // Not released: what a read finds must come from the disk.
  return commitFrames(disk, staged);
}

function pathOf(bytes: TestBytes, slice: ExtentSlice, disk = 0): string {
  return containerPath(bytes.placer.targets[disk]?.root ?? '', slice.containerKind, slice.containerName);
}

function flip(path: string, bit: number): void {
  const fd = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(fd, byte, 0, 1, bit >> 3);
  byte[0] = (byte[0] ?? 0) ^ (1 << (bit & 7));
  writeSync(fd, byte, 0, 1, bit >> 3);
  closeSync(fd);
}

function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

describe('damage', () => {
  it('any flipped bit of the frames is caught before a wrong byte is handed out', async () => {
    const next = seeded(11);
    for (const dataKey of [undefined, KEY]) {
      for (const size of [10, 70_000, 500_000, MIB + 500_000]) {
        await withBytes(async (bytes) => {
          const body = randomBytes(size);
          const [slice] = await store(bytes, body, dataKey);
          assert.ok(slice);
          const path = pathOf(bytes, slice);
          for (let round = 0; round < 25; round += 1) {
            const bit = (slice.offset + slice.headerLength) * 8 + next(slice.storedLength * 8);
            flip(path, bit);
            let read = 0;
            const reading = async (): Promise<void> => {
              for await (const chunk of bytes.store.read([slice], dataKey)) {
                for (const piece of chunk.pieces) {
                  assert.ok(body.subarray(read, read + piece.length).equals(piece), 'what came was right');
                  read += piece.length;
                }
                chunk.release();
              }
            };
            await assert.rejects(reading, DamagedExtent, `bit ${bit}`);
            assert.ok(read < size);
            flip(path, bit);
          }
          assert.ok(body.equals(await readAll(bytes.store, [slice], dataKey)));
          assert.ok(bytes.placer.faults.every(({ code }) => code === 'DAMAGED'));
          // A read ahead that nobody waited for any more may have met the next flipped bit too.
          assert.ok(bytes.placer.faults.length >= 25);
        });
      }
    }
  });

  it('damage outside the frames of a range does not matter to it', () =>
    withBytes(async (bytes) => {
      const body = randomBytes(600_000);
      const slices = await store(bytes, body);
      const [slice] = slices;
      assert.ok(slice);
      flip(pathOf(bytes, slice), (slice.offset + slice.headerLength + 65_540 * 4) * 8);
      assert.ok(body.subarray(0, 262_144).equals(await readAll(bytes.store, cut(slices, 0, 262_144))));
      await assert.rejects(readAll(bytes.store, cut(slices, 0, 262_145)), DamagedExtent);
    }));

  it('another copy answers, and the damage is told', () =>
    withBytes(
      async (bytes) => {
        for (const size of [5_000, 3 * MIB]) {
          const body = randomBytes(size);
          const [slice] = await store(bytes, body);
          assert.ok(slice);
          copyFileSync(pathOf(bytes, slice, 0), pathOf(bytes, slice, 1));
          flip(pathOf(bytes, slice, 0), (slice.offset + slice.headerLength + 100) * 8);
          bytes.placer.faults.length = 0;
          assert.ok(body.equals(await readAll(bytes.store, [{ ...slice, diskIds: [1, 2] }])));
          assert.deepEqual(
            bytes.placer.faults.map(({ diskId, code }) => [diskId, code]),
            [[1, 'DAMAGED']],
          );
        }
      },
      { disks: 2 },
    ));

  it('an absent disk is no damage: the object is there, only not now', () =>
    withBytes(
      async (bytes) => {
        const [slice] = await store(bytes, randomBytes(200_000));
        assert.ok(slice);
        bytes.placer.absent.add(2);
        const unavailable = (error: unknown): boolean =>
          isFailure(error, 'ServiceUnavailable') && error.detail.headers?.['retry-after'] !== undefined;
        await assert.rejects(readAll(bytes.store, [{ ...slice, diskIds: [2] }]), unavailable);
        flip(pathOf(bytes, slice), (slice.offset + slice.headerLength) * 8);
        await assert.rejects(readAll(bytes.store, [{ ...slice, diskIds: [1, 2] }]), unavailable);
        await assert.rejects(readAll(bytes.store, [{ ...slice, diskIds: [1] }]), DamagedExtent);
        await assert.rejects(readAll(bytes.store, [{ ...slice, diskIds: [1], containerName: 'gone' }]), DamagedExtent);
      },
      { disks: 2 },
    ));

  it('another key opens nothing, also what was read before', () =>
    withBytes(async (bytes) => {
      for (const size of [100, 300_000]) {
        const body = randomBytes(size);
        const staged = await stage(bytes, body, KEY);
        const [disk] = bytes.placer.targets;
        assert.ok(disk);
        const slices = await commitFrames(disk, staged);
        staged.release();
        assert.ok(body.equals(await readAll(bytes.store, slices, KEY)));
        const other = { plain: randomBytes(32), envelope: KEY.envelope };
        await assert.rejects(readAll(bytes.store, slices, other), DamagedExtent);
      }
    }));
});

describe('reading', () => {
  it('stops when it is told to, gives every buffer back, and unpins', () =>
    withBytes(async (bytes) => {
      const body = randomBytes(5 * MIB);
      const slices = await store(bytes, body);
      const [slice] = slices;
      assert.ok(slice);
      // More often than there is memory for.
      for (let round = 0; round < 150; round += 1) {
        for await (const chunk of bytes.store.read(slices, undefined)) {
          assert.equal(bytes.pins.isPinned(slice.containerName), true);
          chunk.release();
          break;
        }
        const abort = new AbortController();
        const reading = async (): Promise<void> => {
          for await (const chunk of bytes.store.read(slices, undefined, abort.signal)) {
            chunk.release();
            abort.abort(new Error('client went away'));
          }
        };
        await assert.rejects(reading, /client went away/);
      }
      assert.equal(bytes.pins.isPinned(slice.containerName), false);
      assert.ok(body.equals(await readAll(bytes.store, slices)));
    }));
});

describe('scanning a container without rows', () => {
  async function scan(path: string, tag: Uint8Array | undefined = TEST_INSTALL_TAG) {
    const found = [];
    for await (const { offset, header, damagedFrame } of scanExtents(nodeFileSystem, path, tag)) {
      found.push({ offset, key: header.origin.key, damagedFrame });
    }
    return found;
  }

  it('finds every extent of a log file, between records and behind damage', () =>
    withBytes(async (bytes) => {
      const [disk] = bytes.placer.targets;
      assert.ok(disk);
      const path = join(disk.root, 'log', 'x.log');
      writeFileSync(path, randomBytes(5_000));
      const wanted: { offset: number; key: string; damagedFrame: number | undefined }[] = [];
      for (const [index, size] of [10, 900_000, 70_000, 1_000_000, 3].entries()) {
        const staged = await stage(bytes, randomBytes(size), index % 2 === 0 ? undefined : KEY, `k${index}`);
        const [slice] = await commitFrames(disk, staged, 'x.log');
        assert.ok(slice);
        const damagedFrame = index === 3 ? 2 : undefined;
        wanted.push({ offset: slice.offset, key: `k${index}`, damagedFrame });
        if (index === 3) flip(path, (slice.offset + slice.headerLength + 65_556 * 2 + 5) * 8);
        const fd = openSync(path, 'a');
        writeSync(fd, Buffer.concat([Buffer.from('STOWEXT\n'), randomBytes(3_000 * index)]));
        closeSync(fd);
      }
      assert.deepEqual(await scan(path), wanted);
    }));

  it('takes nothing inside a body for an extent, nor another install’s', () =>
    withBytes(async (bytes) => {
      const [disk] = bytes.placer.targets;
      assert.ok(disk);
      const inner = await stage(bytes, randomBytes(100), undefined, 'inner');
      const fake = Buffer.from(inner.frames[0] ?? []);
      const outer = await stage(bytes, Buffer.concat([randomBytes(64), fake, randomBytes(64)]), undefined, 'outer');
      await commitFrames(disk, outer, 'y.log');
      const path = join(disk.root, 'log', 'y.log');
      assert.deepEqual(
        (await scan(path)).map(({ key }) => key),
        ['outer'],
      );
      assert.deepEqual(await scan(path, Buffer.alloc(8)), []);
      // Also when the outer header is gone: the sender of a body does not know the tag. This one did.
      flip(path, 20 * 8);
      assert.deepEqual(
        (await scan(path)).map(({ key }) => key),
        ['inner'],
      );
    }));

  it('stops at a file that ends inside an extent', () =>
    withBytes(async (bytes) => {
      const [disk] = bytes.placer.targets;
      assert.ok(disk);
      const staged = await stage(bytes, randomBytes(200_000));
      const path = join(disk.root, 'log', 'z.log');
      writeFileSync(path, Buffer.from(staged.frames[0] ?? []).subarray(0, 150_000));
      assert.deepEqual(await scan(path), [{ offset: 0, key: 'k', damagedFrame: 0 }]);
      writeFileSync(path, Buffer.from(staged.frames[0] ?? []).subarray(0, 50));
      assert.deepEqual(await scan(path), []);
    }));
});
