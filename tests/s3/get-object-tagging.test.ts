import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put, remove } = scene;
after(() => scene.close());

const read = (Bucket: string, Key: string, VersionId?: string) =>
  client.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }));

test('tags, or an empty set', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'tagged', 'x', { Tagging: 'b=2&a=1' });
  await put(bucket, 'plain');
  const tagged = await read(bucket, 'tagged');
  assert.deepEqual(tagged.TagSet, [
    { Key: 'b', Value: '2' },
    { Key: 'a', Value: '1' },
  ]);
  assert.equal(tagged.VersionId, undefined);
  assert.deepEqual((await read(bucket, 'plain')).TagSet, []);
});

test('of a version, with its id', async () => {
  const bucket = await scene.versionedBucket();
  const { VersionId } = await put(bucket, 'a', 'one', { Tagging: 'a=1' });
  await put(bucket, 'a', 'two');
  const answer = await read(bucket, 'a', VersionId);
  assert.deepEqual([answer.TagSet, answer.VersionId], [[{ Key: 'a', Value: '1' }], VersionId]);
  assert.equal(await refusalOf(read(bucket, 'absent')), '404 NoSuchKey');
  const marker = await remove(bucket, 'a');
  assert.equal(await refusalOf(read(bucket, 'a')), '404 NoSuchKey');
  assert.equal(await refusalOf(read(bucket, 'a', marker.versionId)), '405 MethodNotAllowed');
});
