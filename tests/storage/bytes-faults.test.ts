import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { isFailure } from '../../src-server/domain/failure.ts';
import { type FileSystem, nodeFileSystem } from '../../src-server/platform/fs-port.ts';
import type { BodyStore, StagedBody } from '../../src-server/storage/body-store.ts';
import { digestOnce } from '../../src-server/storage/digests.ts';
import type { DiskTarget } from '../../src-server/storage/io-protocol.ts';
import { CHUNK_SHARDS } from '../../src-server/storage/layout.ts';
import { commitFrames, makeDisk, openTestBytes, readAll, type TestBytes } from '../support/body-store.ts';
import { type Fault, faultyFileSystem, type SeenCall } from '../support/faulty-fs.ts';

const MIB = 1_048_576;
const BODY = randomBytes(2 * MIB + 12_345);

async function stage(store: BodyStore, body: Buffer = BODY): Promise<StagedBody> {
  const origin = { bucket: 'b', key: 'k', versionId: 'v' };
  const writer = store.stage({
    tier: 'hot',
    expectedSizeBytes: body.length,
    digests: ['MD5'],
    dataKey: undefined,
    origin,
  });
  try {
    for (let at = 0; at < body.length; at += 100_000) await writer.write(body.subarray(at, at + 100_000));
    return await writer.finish();
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

function filesOn({ root }: DiskTarget): string[] {
  const chunks = readdirSync(join(root, 'chunks')).flatMap((shard) => readdirSync(join(root, 'chunks', shard)));
  return [...chunks, ...readdirSync(join(root, 'tmp'))];
}

const folder = mkdtempSync(join(tmpdir(), 'stowage-faults-'));
const TARGETS = [makeDisk(1, folder), makeDisk(2, folder)];
after(() => rmSync(folder, { recursive: true }));

/** Opens bytes over a file system that fails as told, on two disks without chunk files. */
async function withFaults<T>(
  decide: (call: SeenCall) => Fault,
  work: (bytes: TestBytes, calls: readonly SeenCall[]) => Promise<T>,
): Promise<T> {
  for (const { root } of TARGETS) {
    for (const shard of CHUNK_SHARDS) {
      for (const name of readdirSync(join(root, 'chunks', shard))) rmSync(join(root, 'chunks', shard, name));
    }
  }
  const fs = faultyFileSystem(decide);
  const bytes = openTestBytes({ targets: TARGETS, fs });
  try {
    return await work(bytes, fs.calls);
  } finally {
    await bytes.close();
  }
}

async function assertReadable(bytes: TestBytes, staged: StagedBody, body = BODY): Promise<void> {
  assert.deepEqual(Buffer.from(staged.digests.MD5 ?? []), Buffer.from(digestOnce(['MD5'], body).MD5 ?? []));
  const disk = bytes.placer.targets[0];
  assert.ok(disk);
  const slices = await commitFrames(disk, staged);
  assert.ok(body.equals(await readAll(bytes.store, slices)));
}

describe('a disk fails while a body is written', () => {
  it('follows the recipe: nothing is named before it is durable', async () => {
    await withFaults(
      () => undefined,
      async (bytes, calls) => {
        await stage(bytes.store);
        const [disk] = bytes.placer.targets;
        assert.ok(disk);
        const short = calls.map(({ call, path }) => `${call} ${path.replace(disk.root, '').split('/')[1]}`);
        const writes = short.filter((call) => call === 'write tmp').length;
        assert.deepEqual(short, [
          'open tmp',
          'facts tmp',
          ...Array.from({ length: writes }, () => 'write tmp'),
          'fdatasync tmp',
          'close tmp',
          'rename tmp',
          'open chunks',
          'fsync chunks',
          'close chunks',
        ]);
      },
    );
  });

  it('carries a chunk to another disk, whichever call fails, with whichever error', async () => {
    const total = await withFaults(
      () => undefined,
      async (bytes, calls) => {
        await stage(bytes.store);
        return calls.length;
      },
    );
    for (const errno of ['EIO', 'ENOSPC', 'short']) {
      for (let number = 1; number <= total; number += 1) {
        await withFaults(
          (call) => (call.number === number && (errno !== 'short' || call.call === 'write') ? errno : undefined),
          async (bytes, calls) => {
            const failing = `${errno} at call ${number}`;
            const staged = await stage(bytes.store);
            await assertReadable(bytes, staged);
            const at = staged.extents[0]?.at;
            const failed = errno !== 'short' || calls[number - 1]?.call === 'write';
            // Closing the folder after its sync decides nothing.
            const last = number === total;
            assert.equal(at?.kind === 'container' && at.diskId, failed && !last ? 2 : 1, failing);
            const [first, second] = bytes.placer.targets;
            assert.ok(first && second);
            assert.deepEqual(filesOn(failed && !last ? first : second), [], failing);
            assert.equal(bytes.placer.faults.length, failed && !last ? 1 : 0, failing);
            await staged.discard();
            assert.deepEqual([...filesOn(first), ...filesOn(second)], [], failing);
          },
        );
      }
    }
  });

  it('fails the body where no disk is left, says which kind of failure it was, and leaves nothing', async () => {
    for (const [errno, code] of [
      ['EIO', 'ServiceUnavailable'],
      ['ENOSPC', 'InsufficientStorage'],
      ['EDQUOT', 'InsufficientStorage'],
      ['ENODEV', 'ServiceUnavailable'],
    ] as const) {
      for (const call of ['open', 'facts', 'write', 'fdatasync', 'close', 'rename', 'fsync'] as const) {
        await withFaults(
          (seen) => (seen.call === call ? errno : undefined),
          async (bytes) => {
            await assert.rejects(stage(bytes.store), (error) => isFailure(error, code), `${errno} in ${call}`);
            for (const disk of bytes.placer.targets) assert.deepEqual(filesOn(disk), [], `${errno} in ${call}`);
          },
        );
      }
    }
  });

  it('never asks a failed sync again', async () => {
    await withFaults(
      (call) => (call.call === 'fdatasync' && call.path.includes('disk-1') ? 'EIO' : undefined),
      async (bytes, calls) => {
        const staged = await stage(bytes.store);
        await assertReadable(bytes, staged);
        const syncs = calls.filter(({ call, path }) => call === 'fdatasync' && path.includes('disk-1'));
        assert.equal(syncs.length, 1);
      },
    );
  });

  it('takes a file that lands on another device for a disk that vanished', async () => {
    const fs: FileSystem = {
      ...nodeFileSystem,
      facts: async (fd) => ({ ...(await nodeFileSystem.facts(fd)), device: 1 }),
    };
    const bytes = openTestBytes({ fs });
    try {
      await assert.rejects(stage(bytes.store), (error) => isFailure(error, 'ServiceUnavailable'));
      const [disk] = bytes.placer.targets;
      assert.ok(disk);
      assert.deepEqual(filesOn(disk), []);
      assert.deepEqual(
        bytes.placer.faults.map(({ code }) => code),
        ['ENODEV'],
      );
    } finally {
      await bytes.close();
    }
  });

  it('does not carry bytes that changed on the failed disk', async () => {
    await withFaults(
      (call) => (call.call === 'fdatasync' && call.path.includes('disk-1') ? 'EIO' : undefined),
      async (bytes) => {
        const [disk] = bytes.placer.targets;
        assert.ok(disk);
        const origin = { bucket: 'b', key: 'k', versionId: 'v' };
        const writer = bytes.store.stage({
          tier: 'hot',
          expectedSizeBytes: BODY.length,
          digests: [],
          dataKey: undefined,
          origin,
        });
        await writer.write(BODY.subarray(0, MIB + 1));
        const [name] = await untilThere(join(disk.root, 'tmp'));
        const fd = await nodeFileSystem.open(join(disk.root, 'tmp', name ?? ''), 'r+');
        await nodeFileSystem.write(fd, Buffer.from('!'), 5_000);
        await nodeFileSystem.close(fd);
        await writer.write(BODY.subarray(MIB + 1));
        await assert.rejects(writer.finish(), (error) => isFailure(error, 'ServiceUnavailable'));
      },
    );
  });
});

describe('a disk fails while a segment is appended to', () => {
  const body = randomBytes(200_000);

  it('uses another disk, then another segment, and answers only what was synced', async () => {
    for (const call of ['open', 'facts', 'write', 'fdatasync', 'fsync'] as const) {
      let armed = true;
      await withFaults(
        (seen) => {
          if (!armed || seen.call !== call || !seen.path.includes('disk-1')) return undefined;
          armed = false;
          return 'EIO';
        },
        async (bytes) => {
          bytes.placer.small = 'segment';
          const first = await stage(bytes.store, body);
          const second = await stage(bytes.store, body);
          const diskOf = ({ extents }: StagedBody) => extents[0]?.at.kind === 'container' && extents[0].at.diskId;
          assert.deepEqual([diskOf(first), diskOf(second)], [2, 1], call);
          await assertReadable(bytes, first, body);
          await assertReadable(bytes, second, body);
          assert.equal(bytes.placer.faults.length, 1);
        },
      );
    }
  });

  it('shares syncs between bodies that come together', async () => {
    await withFaults(
      () => undefined,
      async (bytes, calls) => {
        bytes.placer.small = 'segment';
        const staged = await Promise.all(Array.from({ length: 20 }, () => stage(bytes.store, body.subarray(0, 3_000))));
        for (const each of staged) await assertReadable(bytes, each, body.subarray(0, 3_000));
        assert.ok(calls.filter(({ call }) => call === 'fdatasync').length <= 3);
      },
    );
  });
});

async function untilThere(folder: string): Promise<string[]> {
  for (let names = readdirSync(folder); ; names = readdirSync(folder)) {
    if (names.length > 0) {
      // The first slab's write may still be under way.
      await new Promise((resolve) => setTimeout(resolve, 50));
      return names;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
