import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, as, raw } = scene;
after(() => scene.close());

const destroy = (Bucket: string, who = client) => refusalOf(who.send(new DeleteBucketCommand({ Bucket })));

test('an empty bucket goes at once, and for good', async () => {
  const Bucket = await scene.newBucket();
  const gone = await client.send(new DeleteBucketCommand({ Bucket }));
  assert.equal(gone.$metadata.httpStatusCode, 204);
  assert.equal(await refusalOf(client.send(new HeadBucketCommand({ Bucket }))), '404 NotFound');
  assert.equal(await destroy(Bucket), '404 NoSuchBucket');
  const answer = await raw({ method: 'DELETE', path: `/${Bucket}` });
  assert.equal(answer.element('BucketName'), Bucket);
});

test('an object, a noncurrent version or a delete marker keeps it', async () => {
  const Bucket = await scene.newBucket();
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const put = await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  assert.equal(await destroy(Bucket), '409 BucketNotEmpty');
  const marker = await client.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  assert.equal(await destroy(Bucket), '409 BucketNotEmpty');
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: put.VersionId }));
  assert.equal(await destroy(Bucket), '409 BucketNotEmpty', 'the marker is left');
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'a', VersionId: marker.VersionId }));
  assert.equal(await destroy(Bucket), 'was accepted');
});

test('open uploads do not keep it, and are not found in the next bucket of its name', async () => {
  const Bucket = await scene.newBucket();
  await client.send(new CreateMultipartUploadCommand({ Bucket, Key: 'a' }));
  assert.equal(await destroy(Bucket), 'was accepted');
  await client.send(new CreateBucketCommand({ Bucket }));
  assert.equal((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads, undefined);
});

test('settings do not outlive it', async () => {
  const Bucket = await scene.newBucket();
  await client.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }));
  await destroy(Bucket);
  await client.send(new CreateBucketCommand({ Bucket }));
  assert.equal((await raw({ method: 'GET', path: `/${Bucket}`, query: 'tagging=' })).element('Code'), 'NoSuchTagSet');
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  for (const stranger of ['bob', 'abe', 'reader'])
    assert.equal(await destroy(Bucket, as(stranger)), '403 AccessDenied');
  assert.equal(await destroy(Bucket, as('boss')), 'was accepted');
});

test('a put that races with the removal either finds the bucket gone or keeps it', async () => {
  for (let round = 0; round < 10; round++) {
    const Bucket = await scene.newBucket();
    const [put, gone] = await Promise.all([
      refusalOf(client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }))),
      destroy(Bucket),
    ]);
    const seen = `${put}, ${gone}`;
    assert.ok(['was accepted, 409 BucketNotEmpty', '404 NoSuchBucket, was accepted'].includes(seen), seen);
  }
});
