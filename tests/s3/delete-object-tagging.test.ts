import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DeleteObjectTaggingCommand, GetObjectTaggingCommand } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put } = scene;
after(() => scene.close());

const removeTags = (Bucket: string, Key: string, VersionId?: string) =>
  client.send(new DeleteObjectTaggingCommand({ Bucket, Key, VersionId }));

test('the tags go, the object stays', async () => {
  const bucket = await scene.versionedBucket();
  const one = await put(bucket, 'a', 'one', { Tagging: 'a=1' });
  const two = await put(bucket, 'a', 'two', { Tagging: 'a=2' });
  const answer = await removeTags(bucket, 'a', one.VersionId);
  assert.deepEqual([answer.$metadata.httpStatusCode, answer.VersionId], [204, one.VersionId]);
  const of = async (VersionId: string | undefined) =>
    (await client.send(new GetObjectTaggingCommand({ Bucket: bucket, Key: 'a', VersionId }))).TagSet;
  assert.deepEqual([await of(one.VersionId), await of(two.VersionId)], [[], [{ Key: 'a', Value: '2' }]]);
  await removeTags(bucket, 'a');
  assert.deepEqual(await of(undefined), []);
  assert.equal((await scene.get(bucket, 'a')).text, 'two');
});

test('none to remove is no failure, no object is', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a');
  assert.equal(await refusalOf(removeTags(bucket, 'a')), 'was accepted');
  assert.equal(await refusalOf(removeTags(bucket, 'absent')), '404 NoSuchKey');
});
