import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

test('a bucket answers with its region', async () => {
  const Bucket = await scene.newBucket();
  const head = await client.send(new HeadBucketCommand({ Bucket }));
  assert.equal(head.BucketRegion, 'us-east-1');
  assert.equal(head.AccessPointAlias, false);
  const answer = await raw({ method: 'HEAD', path: `/${Bucket}` });
  assert.equal(answer.status, 200);
  assert.equal(answer.header('x-amz-bucket-region'), 'us-east-1');
  assert.equal(answer.xml, '');
});

test("404 where there is none, 403 where it is another's, both without a body", async () => {
  const Bucket = await scene.newBucket('ann');
  assert.equal(await refusalOf(client.send(new HeadBucketCommand({ Bucket: 'nowhere' }))), '404 NotFound');
  assert.equal((await raw({ method: 'HEAD', path: '/nowhere' })).xml, '');
  for (const stranger of ['bob', 'abe']) {
    assert.equal((await raw({ method: 'HEAD', path: `/${Bucket}` }, stranger)).status, 403);
  }
  for (const friend of ['ann', 'boss', 'chief', 'reader']) {
    assert.equal((await as(friend).send(new HeadBucketCommand({ Bucket }))).$metadata.httpStatusCode, 200, friend);
  }
});

test('the expected owner is compared', async () => {
  const Bucket = await scene.newBucket('ann');
  const head = (owner: string) =>
    raw({ method: 'HEAD', path: `/${Bucket}`, amzHeaders: { 'x-amz-expected-bucket-owner': owner } });
  const { identity } = await scene.server.context.catalogue.read(async (tx) => ({
    identity: await tx.get<{ account_id: string }>("SELECT account_id FROM iam_user WHERE name = 'ann'"),
  }));
  assert.equal((await head(identity?.account_id ?? '')).status, 200);
  assert.equal((await head('999999999999')).status, 403);
  assert.equal((await head('ann')).status, 400);
});
