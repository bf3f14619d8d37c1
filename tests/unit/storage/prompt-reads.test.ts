import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FileSystem, nodeFileSystem } from '../../../src-server/platform/fs-port.ts';
import { withPromptReads } from '../../../src-server/storage/prompt-reads.ts';

const PAGE = Buffer.alloc(4096);

/** A disk whose reads take `costMs` of a clock of its own, and which way each of them went. */
function disk() {
  const clock = { nowMs: 0, costMs: 0 };
  const went: string[] = [];
  const fs: FileSystem = {
    ...nodeFileSystem,
    read: async (_fd, bytes) => {
      went.push('thread');
      return bytes.byteLength;
    },
    readNow: (_fd, bytes) => {
      went.push('now');
      clock.nowMs += clock.costMs;
      return bytes.byteLength;
    },
  };
  const { readNow: _, ...without } = fs;
  return { clock, went, fs: withPromptReads(fs, () => clock.nowMs), without };
}

test('short reads are done on the spot while they are fast, long ones never', async () => {
  const { fs, went } = disk();
  assert.equal(await fs.read(3, PAGE, 0), 4096);
  await fs.read(3, Buffer.alloc(1024 * 1024), 0);
  await fs.read(3, PAGE, 0);
  assert.deepEqual(went, ['now', 'thread', 'now']);
});

test('a slow read is followed by a rest, twice as long each time in a row', async () => {
  const { fs, clock, went } = disk();
  clock.costMs = 8;
  await fs.read(3, PAGE, 0);
  for (const restMs of [50, 100, 200]) {
    clock.nowMs += restMs - 1;
    await fs.read(3, PAGE, 0);
    clock.nowMs += 1;
    await fs.read(3, PAGE, 0);
  }
  assert.deepEqual(went, ['now', 'thread', 'now', 'thread', 'now', 'thread', 'now']);
});

test('a fast read ends the rests', async () => {
  const { fs, clock, went } = disk();
  clock.costMs = 8;
  await fs.read(3, PAGE, 0);
  clock.nowMs += 50;
  clock.costMs = 0;
  await fs.read(3, PAGE, 0);
  await fs.read(3, PAGE, 0);
  assert.deepEqual(went, ['now', 'now', 'now']);
});

test('an error of a prompt read rejects, and files without prompt reads stay as they are', async () => {
  const broken = Object.assign(new Error('gone'), { code: 'EIO' });
  const fs = withPromptReads({
    ...nodeFileSystem,
    readNow: () => {
      throw broken;
    },
  });
  await assert.rejects(fs.read(3, PAGE, 0), { code: 'EIO' });
  const { without } = disk();
  assert.equal(withPromptReads(without), without);
});
