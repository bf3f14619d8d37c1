import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  DeleteBucketOwnershipControlsCommand,
  GetBucketOwnershipControlsCommand,
  type ObjectOwnership,
  PutBucketOwnershipControlsCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

const get = async (Bucket: string) =>
  (await client.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls?.Rules;
const put = (Bucket: string, ownership: ObjectOwnership) =>
  new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: ownership }] } });

test('a new bucket enforces its owner; every setting is kept; removed, there is none', async () => {
  const Bucket = await scene.newBucket();
  assert.deepEqual(await get(Bucket), [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  for (const ownership of ['ObjectWriter', 'BucketOwnerPreferred', 'BucketOwnerEnforced'] as const) {
    await client.send(put(Bucket, ownership));
    assert.deepEqual(await get(Bucket), [{ ObjectOwnership: ownership }]);
  }
  const removed = await client.send(new DeleteBucketOwnershipControlsCommand({ Bucket }));
  assert.equal(removed.$metadata.httpStatusCode, 204);
  assert.equal(await refusalOf(get(Bucket)), '404 OwnershipControlsNotFoundError');
});

test('bad bodies change nothing', async () => {
  const bucket = await scene.newBucket();
  const rule = '<Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule>';
  for (const inner of ['', rule + rule, rule.replace('ObjectWriter', 'Nobody'), '<Rule/>']) {
    const xml = `<OwnershipControls>${inner}</OwnershipControls>`;
    const answer = await raw({ method: 'PUT', path: `/${bucket}`, query: 'ownershipControls=', xml });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'MalformedXML'], inner);
  }
  assert.deepEqual(await get(bucket), [{ ObjectOwnership: 'BucketOwnerEnforced' }]);
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  for (const stranger of ['bob', 'abe', 'reader']) {
    assert.equal(await refusalOf(as(stranger).send(put(Bucket, 'ObjectWriter'))), '403 AccessDenied');
  }
  assert.equal(await refusalOf(as('ann').send(put(Bucket, 'ObjectWriter'))), 'was accepted');
});
