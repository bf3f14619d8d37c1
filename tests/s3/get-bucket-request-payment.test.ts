import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetBucketRequestPaymentCommand } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { as } = scene;
after(() => scene.close());

test('the owner pays until it is put otherwise; who may ask', async () => {
  const Bucket = await scene.newBucket('ann');
  const ask = (who: string) => as(who).send(new GetBucketRequestPaymentCommand({ Bucket }));
  for (const who of ['ann', 'boss', 'reader']) assert.equal((await ask(who)).Payer, 'BucketOwner', who);
  for (const who of ['bob', 'abe']) assert.equal(await refusalOf(ask(who)), '403 AccessDenied', who);
});
