import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetBucketRequestPaymentCommand,
  GetObjectCommand,
  type Payer,
  PutBucketRequestPaymentCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, as, raw } = scene;
after(() => scene.close());

const put = (Bucket: string, Payer: Payer) =>
  new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer } });

test('it is kept and shown, and nobody pays', async () => {
  const Bucket = await scene.newBucket();
  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  for (const Payer of ['Requester', 'BucketOwner'] as const) {
    await client.send(put(Bucket, Payer));
    assert.equal((await client.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer, Payer);
    const read = client.send(new GetObjectCommand({ Bucket, Key: 'a', RequestPayer: 'requester' }));
    assert.equal(await refusalOf(read), 'was accepted');
  }
});

test('bad bodies, and who may', async () => {
  const Bucket = await scene.newBucket('ann');
  const xml = '<RequestPaymentConfiguration><Payer>Nobody</Payer></RequestPaymentConfiguration>';
  const answer = await raw({ method: 'PUT', path: `/${Bucket}`, query: 'requestPayment=', xml });
  assert.deepEqual([answer.status, answer.element('Code')], [400, 'MalformedXML']);
  for (const stranger of ['bob', 'abe', 'reader']) {
    assert.equal(await refusalOf(as(stranger).send(put(Bucket, 'Requester'))), '403 AccessDenied');
  }
});
