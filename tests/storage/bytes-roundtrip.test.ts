import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type BodyStore,
  type DataKey,
  DIGEST_ALGORITHMS,
  type StagedBody,
} from '../../src-server/storage/body-store.ts';
import { digestOnce } from '../../src-server/storage/digests.ts';
import { commitFrames, cut, openTestBytes, readAll, type TestBytes } from '../support/body-store.ts';

const MIB = 1_048_576;
const SIZES = [
  0,
  1,
  4_096,
  65_535,
  65_536,
  65_537,
  131_072,
  262_144,
  262_145,
  524_288,
  MIB - 1,
  MIB,
  MIB + 1,
  5 * MIB + 17,
];
const ORIGIN = { bucket: 'bucket', key: 'a/key', versionId: 'v1' };
const KEY: DataKey = { plain: randomBytes(32), envelope: randomBytes(69) };

async function stage(
  store: BodyStore,
  bytes: Buffer,
  options: { announced?: boolean; dataKey?: DataKey | undefined; piece?: number } = {},
): Promise<StagedBody> {
  const { announced = true, dataKey, piece = 50_000 } = options;
  const writer = store.stage({
    tier: 'hot',
    expectedSizeBytes: announced ? bytes.length : undefined,
    digests: DIGEST_ALGORITHMS,
    dataKey,
    origin: ORIGIN,
  });
  for (let at = 0; at < bytes.length; at += piece) {
    // The writer copies: what the caller does with its buffer afterwards must not matter.
    const part = Buffer.from(bytes.subarray(at, at + piece));
    await writer.write(part);
    part.fill(0xff);
  }
  return writer.finish();
}

describe('bodies are read back as they were written', () => {
  for (const workers of [0, 2]) {
    describe(workers === 0 ? 'worker in this thread' : `${workers} worker threads`, () => {
      let bytes: TestBytes;
      before(() => {
        bytes = openTestBytes({ workers });
      });
      after(() => bytes.close());

      for (const size of SIZES) {
        for (const [what, announced, dataKey] of [
          ['announced', true, undefined],
          ['unannounced', false, undefined],
          ['encrypted', true, KEY],
          ['encrypted, unannounced', false, KEY],
        ] as const) {
          it(`${size} bytes, ${what}`, async () => {
            const body = randomBytes(size);
            const staged = await stage(bytes.store, body, { announced, dataKey });
            assert.equal(staged.sizeBytes, size);
            assert.deepEqual(hex(staged.digests), hex(digestOnce(DIGEST_ALGORITHMS, body)));
            const disk = bytes.placer.targets[0];
            assert.ok(disk);
            const slices = await commitFrames(disk, staged);
            staged.release();
            assert.ok(body.equals(await readAll(bytes.store, slices, dataKey)));
            const [start, length] = [Math.floor(size / 3), Math.floor(size / 2)];
            const part = await readAll(bytes.store, cut(slices, start, length), dataKey);
            assert.ok(body.subarray(start, start + length).equals(part));
          });
        }
      }
    });
  }

  it('puts bodies above 64 MiB into several chunk files, and removes them on discard', async () => {
    const bytes = openTestBytes({ workers: 2 });
    try {
      const part = randomBytes(MIB);
      const body = Buffer.concat([...Array.from({ length: 65 }, () => part), part.subarray(5)]);
      const staged = await stage(bytes.store, body, { piece: 300_001 });
      assert.equal(staged.extents.length, 2);
      assert.equal(Buffer.from(staged.digests.MD5 ?? []).toString('hex'), createHash('md5').update(body).digest('hex'));
      const disk = bytes.placer.targets[0];
      assert.ok(disk);
      const slices = await commitFrames(disk, staged);
      assert.ok(body.equals(await readAll(bytes.store, slices)));
      assert.equal(chunkFiles(disk.root), 2);
      await staged.discard();
      assert.equal(chunkFiles(disk.root), 0);
      assert.deepEqual(readdirSync(join(disk.root, 'tmp')), []);
    } finally {
      await bytes.close();
    }
  });
});

function chunkFiles(root: string): number {
  return readdirSync(join(root, 'chunks')).flatMap((shard) => readdirSync(join(root, 'chunks', shard))).length;
}

function hex(digests: Readonly<Record<string, Uint8Array | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(digests).map(([name, value]) => [name, Buffer.from(value ?? []).toString('hex')]),
  );
}
