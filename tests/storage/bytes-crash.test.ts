import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { nodeFileSystem } from '../../src-server/platform/fs-port.ts';
import type { ExtentSlice, StagedExtent } from '../../src-server/storage/body-store.ts';
import { scanExtents } from '../../src-server/storage/scan-extents.ts';
import { recoverDisk } from '../../src-server/tiers/recover-disk.ts';
import { makeDisk, openTestBytes, readAll, TEST_INSTALL_TAG } from '../support/body-store.ts';

const CHILD = fileURLToPath(new URL('../support/stage-until-killed.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'stowage-killed-'));
after(() => rmSync(folder, { recursive: true }));

interface Durable {
  readonly extents: readonly (Omit<StagedExtent, 'uid'> & { readonly uid: string })[];
  readonly sha256: string;
}

function stageUntil(root: string, kind: string, crashAt: string): { killed: boolean; durable: Durable[] } {
  // What the killed one leaves behind goes with the folder.
  const env = { ...process.env, TMPDIR: folder, STOWAGE_DEBUG: '1', STOWAGE_CRASH_AT: crashAt };
  const child = spawnSync(process.execPath, [CHILD, root, kind], { env, encoding: 'utf8', timeout: 60_000 });
  assert.equal(child.stderr, '');
  // Each line is what the child above prints.
  const durable = child.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Durable);
  return { killed: child.signal === 'SIGKILL', durable };
}

function slicesOf({ extents }: Durable): ExtentSlice[] {
  return extents.map(({ uid, at, ...facts }) => {
    assert.ok(at.kind === 'container');
    return {
      ...facts,
      uid: Buffer.from(uid, 'hex'),
      containerName: at.name,
      containerKind: at.containerKind,
      diskIds: [at.diskId],
      offset: at.offset,
      sliceOffset: 0,
      sliceLength: facts.plainLength,
    };
  });
}

describe('a process that is killed while it stages', () => {
  const points = [
    ...['chunk-written', 'chunk-synced', 'chunk-renamed', 'chunk-folder-synced'].map(
      (point) => ['chunk', point] as const,
    ),
    ...['segment-created', 'segment-written', 'segment-synced'].map((point) => ['segment', point] as const),
  ];
  for (const [kind, point] of points) {
    it(`at ${point}: what was answered is whole, what was not is no harm`, async () => {
      const count = point === 'segment-created' ? 1 : 2;
      const disk = makeDisk(1, mkdtempSync(join(folder, 'd-')));
      const { killed, durable } = stageUntil(disk.root, kind, `${point}:${count}`);
      assert.equal(killed, true);
      assert.ok(durable.length < 4);
      await recoverDisk(nodeFileSystem, disk.root, 0);
      assert.deepEqual(readdirSync(join(disk.root, 'tmp')), []);
      assert.deepEqual(readdirSync(join(disk.root, 'quarantine')), []);
      const bytes = openTestBytes({ targets: [disk] });
      try {
        for (const body of durable) {
          const found = await readAll(bytes.store, slicesOf(body));
          assert.equal(createHash('sha256').update(found).digest('hex'), body.sha256);
        }
        // Whatever else is there is whole as well: a file gets its name, and a segment its next extent, only when synced.
        for (const shard of readdirSync(join(disk.root, 'chunks'))) {
          for (const name of readdirSync(join(disk.root, 'chunks', shard))) {
            const path = join(disk.root, 'chunks', shard, name);
            let extents = 0;
            for await (const { damagedFrame } of scanExtents(nodeFileSystem, path, TEST_INSTALL_TAG)) {
              assert.equal(damagedFrame, undefined);
              extents += 1;
            }
            assert.equal(extents, 1);
          }
        }
      } finally {
        await bytes.close();
      }
    });
  }
});
