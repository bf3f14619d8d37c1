import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClientScene, clientTest } from './support/client-test.ts';
import { findTool } from './support/find-tool.ts';
import { assertSameTree, hashFile, SAMPLE_TREE, seededBytes, writeTree } from './support/trees.ts';

/** Since January 2025 (1.37, 2.23) the client sends `x-amz-checksum-*` where it sent Content-MD5 before. */
function isCurrent(version: string): boolean {
  const [major = 0, minor = 0] = (/aws-cli\/(\d+)\.(\d+)/.exec(version)?.slice(1) ?? []).map(Number);
  return (major === 1 && minor >= 37) || (major === 2 && minor >= 23) || major > 2;
}

const old = await findTool('aws', ['--version'], (version) => !isCurrent(version));
const current = await findTool('aws', ['--version'], isCurrent);

clientTest('awscli, old generation', { tool: old, missing: 'no awscli before 1.37 / 2.23' }, scenario);
clientTest('awscli, current generation', { tool: current, missing: 'no awscli from 1.37 / 2.23 on' }, scenario);

async function scenario(scene: ClientScene): Promise<void> {
  const aws = (...args: string[]): Promise<string> =>
    scene.run('--endpoint-url', scene.endpoint, '--output', 'json', ...args);
  const source = scene.folder('source');
  writeTree(source, SAMPLE_TREE, 1);
  await aws('s3', 'mb', 's3://cli-bucket');
  await syncBothWays(scene, aws, source);
  await singleObjects(scene, aws, source);
  await versions(aws, source);
  await aws('s3', 'rm', 's3://cli-bucket', '--recursive', '--only-show-errors');
  await aws('s3', 'rb', 's3://cli-bucket');
  const names = JSON.parse(await aws('s3api', 'list-buckets', '--query', 'Buckets[].Name'));
  assert.deepEqual(names, ['cli-versions']);
}

type Aws = (...args: string[]) => Promise<string>;

async function syncBothWays(scene: ClientScene, aws: Aws, source: string): Promise<void> {
  await aws('s3', 'sync', source, 's3://cli-bucket/tree', '--only-show-errors');
  const down = scene.folder('down');
  await aws('s3', 'sync', 's3://cli-bucket/tree', down, '--only-show-errors');
  await assertSameTree(down, source);

  rmSync(join(source, 'many/file-3.txt'));
  writeFileSync(join(source, 'added later'), seededBytes(5000, 99));
  // Listings show whole seconds, here as on AWS: a file of this very second looks newer than its own upload.
  utimesSync(join(source, 'added later'), 1_600_000_000, 1_600_000_000);
  await aws('s3', 'sync', source, 's3://cli-bucket/tree', '--delete', '--only-show-errors');
  await aws('s3', 'sync', 's3://cli-bucket/tree', down, '--delete', '--only-show-errors');
  await assertSameTree(down, source);
  const again = await aws('s3', 'sync', source, 's3://cli-bucket/tree', '--delete');
  assert.equal(again.trim(), '', 'a third sync has nothing to do');
}

async function singleObjects(scene: ClientScene, aws: Aws, source: string): Promise<void> {
  const { folder } = scene;
  const large = join(source, 'large.bin');
  await aws('s3', 'cp', large, 's3://cli-bucket/large', '--metadata', 'colour=blue', '--only-show-errors');
  const head = JSON.parse(await aws('s3api', 'head-object', '--bucket', 'cli-bucket', '--key', 'large'));
  assert.match(head.ETag, /-3"$/, 'three parts of 8 MiB');
  assert.deepEqual(head.Metadata, { colour: 'blue' });

  await aws('s3', 'mv', 's3://cli-bucket/large', 's3://cli-bucket/moved', '--only-show-errors');
  const target = join(folder('single'), 'moved');
  await aws('s3', 'cp', 's3://cli-bucket/moved', target, '--only-show-errors');
  assert.equal(await hashFile(target), await hashFile(large));

  const range = join(folder('single'), 'range');
  const object = ['--bucket', 'cli-bucket', '--key', 'moved'];
  await aws('s3api', 'get-object', ...object, '--range', 'bytes=8388600-8388620', range);
  const wanted = seededBytes(20 * 1_048_576 + 3, 1 + SAMPLE_TREE.findIndex((file) => file.path === 'large.bin'));
  assert.equal(await hashFile(range), createHash('sha256').update(wanted.subarray(8388600, 8388621)).digest('hex'));

  const tags = { TagSet: [{ Key: 'team', Value: 'büro 1' }] };
  await aws('s3api', 'put-object-tagging', ...object, '--tagging', JSON.stringify(tags));
  assert.deepEqual(JSON.parse(await aws('s3api', 'get-object-tagging', ...object)).TagSet, tags.TagSet);

  const url = (await aws('s3', 'presign', 's3://cli-bucket/tree/added later', '--expires-in', '60')).trim();
  const response = await fetch(url);
  assert.equal(response.status, 200);
  assert.deepEqual(Buffer.from(await response.arrayBuffer()), seededBytes(5000, 99));

  const list = ['s3api', 'list-objects-v2', '--bucket', 'cli-bucket', '--prefix', 'tree/', '--delimiter', '/'];
  const page = JSON.parse(await aws(...list));
  const prefixes = page.CommonPrefixes.map((each: { Prefix: string }) => each.Prefix);
  assert.deepEqual(prefixes, ['tree/deep/', 'tree/many/', 'tree/äöü/']);
}

async function versions(aws: Aws, source: string): Promise<void> {
  const bucket = ['--bucket', 'cli-versions'];
  await aws('s3api', 'create-bucket', ...bucket);
  await aws('s3api', 'put-bucket-versioning', ...bucket, '--versioning-configuration', 'Status=Enabled');
  const object = [...bucket, '--key', 'k'];
  const put = async (file: string): Promise<string> =>
    JSON.parse(await aws('s3api', 'put-object', ...object, '--body', join(source, file))).VersionId;
  const first = await put('one byte.txt');
  const second = await put('deep/block');
  await aws('s3api', 'delete-object', ...object);
  const listed = JSON.parse(await aws('s3api', 'list-object-versions', ...bucket));
  const ids = listed.Versions.map((each: { VersionId: string }) => each.VersionId);
  assert.deepEqual(ids, [second, first]);
  const [marker] = listed.DeleteMarkers;
  await aws('s3api', 'delete-object', ...object, '--version-id', marker.VersionId);
  const head = JSON.parse(await aws('s3api', 'head-object', ...object));
  assert.deepEqual([head.VersionId, head.ContentLength], [second, 1_048_577]);
}
