import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  DeletePublicAccessBlockCommand,
  GetBucketPolicyStatusCommand,
  PutBucketPolicyCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { as } = scene;
after(() => scene.close());

test('public is what lets in people it does not name', async () => {
  const Bucket = await scene.newBucket('ann');
  const ann = as('ann');
  const isPublic = async () => (await ann.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic;
  assert.equal(await refusalOf(isPublic()), '404 NoSuchBucketPolicy');
  await ann.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const put = (more: object) => {
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: 's3:GetObject',
      Resource: `arn:aws:s3:::${Bucket}/*`,
      ...more,
    };
    return ann.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement: [statement] }) }));
  };
  const cases: [more: object, isPublic: boolean][] = [
    [{}, true],
    [{ Principal: { AWS: '*' } }, true],
    [{ Principal: { AWS: '123456789012' } }, false],
    [{ Effect: 'Deny' }, false],
    [{ Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } } }, false],
    [{ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } }, true],
    [{ Condition: { StringLike: { 'aws:Referer': 'https://us.example/*' } } }, true],
  ];
  for (const [more, expected] of cases) {
    await put(more);
    assert.equal(await isPublic(), expected, JSON.stringify(more));
  }
  assert.equal(await refusalOf(as('bob').send(new GetBucketPolicyStatusCommand({ Bucket }))), '403 AccessDenied');
});
