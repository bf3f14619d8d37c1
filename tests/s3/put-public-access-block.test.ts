import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, as, raw, server } = scene;
after(() => scene.close());

const put = (Bucket: string, PublicAccessBlockConfiguration: Record<string, boolean>, from = client) =>
  from.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration }));

test('what is put is shown; a switch that is left out is off', async () => {
  const Bucket = await scene.newBucket();
  await put(Bucket, { BlockPublicAcls: true, RestrictPublicBuckets: true });
  const shown = await client.send(new GetPublicAccessBlockCommand({ Bucket }));
  assert.deepEqual(shown.PublicAccessBlockConfiguration, {
    BlockPublicAcls: true,
    IgnorePublicAcls: false,
    BlockPublicPolicy: false,
    RestrictPublicBuckets: true,
  });
});

test('RestrictPublicBuckets: a public policy lets in the own account only, until the switch is turned', async () => {
  const Bucket = await scene.newBucket('ann');
  const ann = as('ann');
  await ann.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  await put(Bucket, {}, ann);
  const statement = { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` };
  await ann.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: [statement] }) }));
  const anonymous = async () => (await fetch(`${server.endpoint}/${Bucket}/a`)).status;
  const by = (who: string) => refusalOf(as(who).send(new GetObjectCommand({ Bucket, Key: 'a' })));
  assert.deepEqual([await anonymous(), await by('bob'), await by('abe')], [200, 'was accepted', 'was accepted']);
  await put(Bucket, { RestrictPublicBuckets: true }, ann);
  assert.deepEqual([await anonymous(), await by('bob'), await by('abe')], [403, '403 AccessDenied', 'was accepted']);
  // It does not refuse the policy: that is another switch.
  await ann.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: [statement] }) }));
  await put(Bucket, {}, ann);
  assert.equal(await anonymous(), 200);
});

test('bad bodies change nothing', async () => {
  const path = `/${await scene.newBucket()}`;
  const query = 'publicAccessBlock=';
  for (const inner of ['<BlockPublicAcls>maybe</BlockPublicAcls>', '<Other>true</Other>', '<BlockPublicAcls/>']) {
    const xml = `<PublicAccessBlockConfiguration>${inner}</PublicAccessBlockConfiguration>`;
    const answer = await raw({ method: 'PUT', path, query, xml });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'MalformedXML'], inner);
  }
  assert.equal((await raw({ method: 'GET', path, query })).element('BlockPublicAcls'), 'true');
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  for (const stranger of ['bob', 'abe', 'reader']) {
    assert.equal(await refusalOf(put(Bucket, {}, as(stranger))), '403 AccessDenied');
  }
});
