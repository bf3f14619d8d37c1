import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientScene, clientTest } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';
import { mustRun } from './support/run-tool.ts';
import { assertSameTree, hashTree, SAMPLE_TREE, seededBytes, writeTree } from './support/trees.ts';

const tool = await findTool('restic', ['version']);

clientTest('restic', { tool, missing: 'restic is not installed' }, scenario);

async function scenario(scene: ClientScene): Promise<void> {
  const env = {
    ...scene.env,
    RESTIC_REPOSITORY: `s3:${scene.endpoint}/restic-bucket/repository`,
    RESTIC_PASSWORD: 'correct horse',
    RESTIC_CACHE_DIR: scene.folder('cache'),
  };
  const source = scene.folder('source');
  const restic = (...args: string[]): Promise<string> => mustRun(scene.tool.path, args, { env, cwd: source });
  writeTree(source, SAMPLE_TREE, 4);
  await restic('init');
  await restic('backup', '.');
  const first = await hashTree(source);

  writeFileSync(join(source, 'second'), seededBytes(9_000_000, 11));
  await restic('backup', '.');
  rmSync(join(source, 'large.bin'));
  writeFileSync(join(source, 'deep/block'), seededBytes(2_000_000, 12));
  await restic('backup', '.');

  const snapshots: { id: string }[] = JSON.parse(await restic('snapshots', '--json'));
  assert.equal(snapshots.length, 3);
  await restic('restore', snapshots[0]?.id ?? '', '--target', scene.folder('restored-first'));
  assert.deepEqual(await hashTree(scene.folder('restored-first')), first);

  await restic('forget', '--keep-last', '1', '--prune');
  await restic('check', '--read-data');
  await restic('restore', 'latest', '--target', scene.folder('restored-last'));
  await assertSameTree(scene.folder('restored-last'), source);
  assert.equal(JSON.parse(await restic('snapshots', '--json')).length, 1);
}
