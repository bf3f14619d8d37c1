import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CopyObjectCommand,
  DeletePublicAccessBlockCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import { identityOf } from '../support/users.ts';

const scene = await openBucketScene();
const { as, server } = scene;
after(() => scene.close());
const bob = as('bob');
const { arn: BOB } = await identityOf(server.context, 'bob');

interface Grant {
  readonly Action: string | readonly string[];
  readonly on: 'bucket' | 'objects';
  readonly Condition?: object;
  readonly Principal?: unknown;
}

async function allow(Bucket: string, grants: readonly Grant[]): Promise<void> {
  const Statement = grants.map(({ Action, on, Condition, Principal = { AWS: BOB } }) => ({
    Effect: 'Allow',
    Principal,
    Action,
    Resource: on === 'bucket' ? `arn:aws:s3:::${Bucket}` : `arn:aws:s3:::${Bucket}/*`,
    Condition,
  }));
  await as('ann').send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Statement }) }));
}

const READ: Grant = { Action: ['s3:GetObject', 's3:GetObjectVersion'], on: 'objects' };
const LIST: Grant = { Action: ['s3:ListBucket', 's3:ListBucketVersions'], on: 'bucket' };

test('that a key is missing is told to who may list it', async () => {
  const Bucket = await scene.newBucket('ann');
  const get = (Key: string) => refusalOf(bob.send(new GetObjectCommand({ Bucket, Key })));
  const head = (Key: string) => refusalOf(bob.send(new HeadObjectCommand({ Bucket, Key })));
  await allow(Bucket, [READ]);
  assert.deepEqual([await get('none'), await head('none')], ['403 AccessDenied', '403 Unknown']);
  await allow(Bucket, [READ, LIST]);
  assert.deepEqual([await get('none'), await head('none')], ['404 NoSuchKey', '404 NotFound']);
});

test('who may list one folder learns nothing of the others', async () => {
  const Bucket = await scene.newBucket('ann');
  await allow(Bucket, [READ, { ...LIST, Condition: { StringLike: { 's3:prefix': 'home/*' } } }]);
  const get = (Key: string) => refusalOf(bob.send(new GetObjectCommand({ Bucket, Key })));
  assert.equal(await get('home/none'), '404 NoSuchKey');
  assert.equal(await get('away/none'), '403 AccessDenied');
});

test('versions are hidden by the right to list versions, and delete markers as absent keys', async () => {
  const Bucket = await scene.newBucket('ann');
  const Status = 'Enabled';
  await as('ann').send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  const { VersionId = '' } = await as('ann').send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  const other = VersionId.replace(/.$/, VersionId.endsWith('a') ? 'b' : 'a');
  const get = (version: string) => refusalOf(bob.send(new GetObjectCommand({ Bucket, Key: 'k', VersionId: version })));
  await allow(Bucket, [READ, { Action: 's3:ListBucket', on: 'bucket' }]);
  assert.deepEqual([await get(VersionId), await get(other)], ['was accepted', '403 AccessDenied']);
  await allow(Bucket, [READ, LIST]);
  assert.equal(await get(other), '404 NoSuchVersion');
});

test('a copy says of its source what a read of it would', async () => {
  const from = await scene.newBucket('ann');
  const to = await scene.newBucket('ann');
  await allow(from, [READ]);
  await allow(to, [{ Action: 's3:PutObject', on: 'objects' }]);
  const copy = () => refusalOf(bob.send(new CopyObjectCommand({ Bucket: to, Key: 'k', CopySource: `${from}/none` })));
  assert.equal(await copy(), '403 AccessDenied');
  await allow(from, [READ, LIST]);
  assert.equal(await copy(), '404 NoSuchKey');
});

test('strangers: a bucket that is not there, a key that is not there, a bucket that is closed', async () => {
  const Bucket = await scene.newBucket('ann');
  const ask = async (path: string, method = 'GET') => {
    const answer = await fetch(`${server.endpoint}${path}`, { method });
    const code = /<Code>(\w+)</.exec(await answer.text())?.[1] ?? '';
    return `${answer.status} ${code}`;
  };
  assert.equal(await ask('/nowhere/k'), '404 NoSuchBucket');
  assert.equal(await ask(`/${Bucket}/k`), '403 AccessDenied');
  assert.equal(await ask(`/${Bucket}/k`, 'HEAD'), '403 ');
  await as('ann').send(new DeletePublicAccessBlockCommand({ Bucket }));
  await allow(Bucket, [{ ...READ, Principal: '*' }]);
  assert.equal(await ask(`/${Bucket}/k`), '403 AccessDenied');
  await allow(Bucket, [
    { ...READ, Principal: '*' },
    { ...LIST, Principal: '*' },
  ]);
  assert.equal(await ask(`/${Bucket}/k`), '404 NoSuchKey');
  assert.equal(await ask(`/${Bucket}/k`, 'HEAD'), '404 ');
});

test('the bucket must belong to the account that is expected, of the source too', async () => {
  const Bucket = await scene.newBucket('ann');
  await as('ann').send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
  const { accountId } = await identityOf(server.context, 'ann');
  const get = (ExpectedBucketOwner: string) =>
    refusalOf(as('ann').send(new GetObjectCommand({ Bucket, Key: 'k', ExpectedBucketOwner })));
  assert.equal(await get(accountId), 'was accepted');
  assert.equal(await get('000000000000'), '403 AccessDenied');
  const copy = (ExpectedSourceBucketOwner: string) =>
    refusalOf(
      as('ann').send(new CopyObjectCommand({ Bucket, Key: 'c', CopySource: `${Bucket}/k`, ExpectedSourceBucketOwner })),
    );
  assert.equal(await copy(accountId), 'was accepted');
  assert.equal(await copy('000000000000'), '403 AccessDenied');
});
