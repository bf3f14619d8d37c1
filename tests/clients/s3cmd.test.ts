import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientScene, clientTest } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';
import { assertSameTree, hashFile, SAMPLE_TREE, seededBytes, writeTree } from './support/trees.ts';

const tool = await findTool('s3cmd', ['--version']);
const missing = 's3cmd is not installed';

clientTest('s3cmd with SigV4', { tool, missing }, (scene) => scenario(scene, false));
clientTest('s3cmd with SigV2', { tool, missing }, (scene) => scenario(scene, true));

async function scenario(scene: ClientScene, signatureV2: boolean): Promise<void> {
  const config = writeConfig(scene, signatureV2);
  const s3cmd = (...args: string[]): Promise<string> => scene.run('--config', config, '--no-progress', ...args);
  const source = scene.folder('source');
  writeTree(source, SAMPLE_TREE, 2);
  await s3cmd('mb', 's3://cmd-bucket');
  await s3cmd('sync', '--multipart-chunk-size-mb=5', `${source}/`, 's3://cmd-bucket/tree/');
  const down = scene.folder('down');
  await s3cmd('sync', 's3://cmd-bucket/tree/', `${down}/`);
  await assertSameTree(down, source);

  rmSync(join(source, 'deep/block'));
  writeFileSync(join(source, 'one byte.txt'), seededBytes(777, 5));
  await s3cmd('sync', '--delete-removed', `${source}/`, 's3://cmd-bucket/tree/');
  await s3cmd('sync', '--delete-removed', 's3://cmd-bucket/tree/', `${down}/`);
  await assertSameTree(down, source);

  await s3cmd('cp', 's3://cmd-bucket/tree/large.bin', 's3://cmd-bucket/copy');
  await s3cmd('mv', 's3://cmd-bucket/copy', 's3://cmd-bucket/moved');
  const moved = join(scene.folder('single'), 'moved');
  await s3cmd('get', 's3://cmd-bucket/moved', moved);
  assert.equal(await hashFile(moved), await hashFile(join(source, 'large.bin')));
  assert.match(await s3cmd('info', 's3://cmd-bucket/moved'), /File size:\s+20971523/);
  const usage = await s3cmd('du', 's3://cmd-bucket');
  assert.match(usage, new RegExp(`^\\s*\\d+\\s+${SAMPLE_TREE.length} objects`, 'm'));

  await s3cmd('rb', '--recursive', '--force', 's3://cmd-bucket');
  assert.equal((await s3cmd('ls')).trim(), '');
}

function writeConfig(scene: ClientScene, signatureV2: boolean): string {
  const host = new URL(scene.endpoint).host;
  const path = join(scene.home, 's3cfg');
  const lines = [
    '[default]',
    `access_key = ${scene.accessKeyId}`,
    `secret_key = ${scene.secretAccessKey}`,
    `host_base = ${host}`,
    `host_bucket = ${host}`,
    'use_https = False',
    'max_retries = 1',
    `signature_v2 = ${signatureV2 ? 'True' : 'False'}`,
  ];
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}
