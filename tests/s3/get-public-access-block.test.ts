import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DeletePublicAccessBlockCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, as } = scene;
after(() => scene.close());

const get = async (Bucket: string, from = client) =>
  (await from.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration;

test('a new bucket blocks everything public; removed, there is none', async () => {
  const Bucket = await scene.newBucket();
  assert.deepEqual(await get(Bucket), {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  await client.send(new DeletePublicAccessBlockCommand({ Bucket }));
  assert.equal(await refusalOf(get(Bucket)), '404 NoSuchPublicAccessBlockConfiguration');
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  for (const who of ['ann', 'boss', 'reader', 'chief']) assert.ok(await get(Bucket, as(who)), who);
  for (const who of ['bob', 'abe']) assert.equal(await refusalOf(get(Bucket, as(who))), '403 AccessDenied', who);
});

test('the settings say how new buckets start', async () => {
  const env = { STOWAGE_S3_NEW_BUCKET_PUBLIC_ACCESS_BLOCK: 'false', STOWAGE_S3_NEW_BUCKET_OWNERSHIP: 'ObjectWriter' };
  const open = await openBucketScene({ env });
  try {
    const Bucket = await open.newBucket();
    assert.equal(await refusalOf(get(Bucket, open.client)), '404 NoSuchPublicAccessBlockConfiguration');
    const shown = await open.raw({ method: 'GET', path: `/${Bucket}`, query: 'ownershipControls=' });
    assert.equal(shown.element('ObjectOwnership'), 'ObjectWriter');
  } finally {
    await open.close();
  }
});
