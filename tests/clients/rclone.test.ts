import assert from 'node:assert/strict';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientScene, clientTest, REGION } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';
import { runTool } from './support/run-tool.ts';
import { assertSameTree, SAMPLE_TREE, seededBytes, writeTree } from './support/trees.ts';

const tool = await findTool('rclone', ['version']);

clientTest('rclone', { tool, missing: 'rclone is not installed' }, scenario);

async function scenario(scene: ClientScene): Promise<void> {
  const env = {
    ...scene.env,
    RCLONE_CONFIG_STOW_TYPE: 's3',
    RCLONE_CONFIG_STOW_PROVIDER: 'Other',
    RCLONE_CONFIG_STOW_ENDPOINT: scene.endpoint,
    RCLONE_CONFIG_STOW_REGION: REGION,
    RCLONE_CONFIG_STOW_ACCESS_KEY_ID: scene.accessKeyId,
    RCLONE_CONFIG_STOW_SECRET_ACCESS_KEY: scene.secretAccessKey,
    RCLONE_CONFIG_STOW_UPLOAD_CUTOFF: '8Mi',
    RCLONE_CONFIG_STOW_CHUNK_SIZE: '5Mi',
    RCLONE_RETRIES: '1',
  };
  const attempt = (...args: string[]) => runTool(scene.tool.path, args, { env });
  const rclone = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await attempt(...args);
    assert.equal(code, 0, `rclone ${args.join(' ')}\n${stderr}`);
    return stdout;
  };
  const source = scene.folder('source');
  writeTree(source, SAMPLE_TREE, 3);
  await rclone('sync', source, 'stow:rclone-bucket/tree');
  await rclone('check', source, 'stow:rclone-bucket/tree');

  renameSync(join(source, 'deep/block'), join(source, 'renamed block'));
  rmSync(join(source, 'many/file-9.txt'));
  writeFileSync(join(source, 'empty'), seededBytes(6_000_000, 7));
  assert.notEqual((await attempt('check', source, 'stow:rclone-bucket/tree')).code, 0, 'check sees the differences');
  await rclone('sync', '--track-renames', source, 'stow:rclone-bucket/tree');
  await rclone('check', '--download', source, 'stow:rclone-bucket/tree');

  await rclone('copy', 'stow:rclone-bucket/tree', 'stow:rclone-other/copy');
  await rclone('check', 'stow:rclone-bucket/tree', 'stow:rclone-other/copy');
  const down = scene.folder('down');
  await rclone('copy', 'stow:rclone-other/copy', down);
  await assertSameTree(down, source);

  const list: { Path: string; Size: number }[] = JSON.parse(await rclone('lsjson', '-R', '--files-only', 'stow:'));
  assert.equal(list.length, 2 * (SAMPLE_TREE.length - 1));
  await rclone('cleanup', 'stow:rclone-bucket');
  await rclone('purge', 'stow:rclone-bucket');
  await rclone('purge', 'stow:rclone-other');
  assert.equal((await rclone('lsd', 'stow:')).trim(), '');
}
