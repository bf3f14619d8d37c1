import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, as, raw, server } = scene;
after(() => scene.close());

type Statement = Record<string, unknown>;
const policyOf = (...statements: Statement[]) => JSON.stringify({ Version: '2012-10-17', Statement: statements });
const allow = (Bucket: string, more: Statement = {}): Statement => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${Bucket}/*`,
  ...more,
});
const put = (Bucket: string, Policy: string, user?: string, confirm?: boolean) =>
  (user === undefined ? client : as(user)).send(
    new PutBucketPolicyCommand({
      Bucket,
      Policy,
      ...(confirm === undefined ? {} : { ConfirmRemoveSelfBucketAccess: confirm }),
    }),
  );
const open = (Bucket: string, user?: string) =>
  (user === undefined ? client : as(user)).send(new DeletePublicAccessBlockCommand({ Bucket }));
const anonymously = (path: string, method = 'GET') => fetch(`${server.endpoint}${path}`, { method });

test('a policy lets in whom it names, and everybody where it says so; removed, nobody', async () => {
  const Bucket = await scene.newBucket('ann');
  await as('ann').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'shown' }));
  assert.equal((await anonymously(`/${Bucket}/a`)).status, 403);
  await open(Bucket, 'ann');
  await put(Bucket, policyOf(allow(Bucket)), 'ann');
  const answer = await anonymously(`/${Bucket}/a`);
  assert.deepEqual([answer.status, await answer.text()], [200, 'shown']);
  assert.equal(await refusalOf(as('bob').send(new GetObjectCommand({ Bucket, Key: 'a' }))), 'was accepted');
  assert.equal((await anonymously(`/${Bucket}`)).status, 403);
  await as('ann').send(new DeleteBucketPolicyCommand({ Bucket }));
  assert.equal((await anonymously(`/${Bucket}/a`)).status, 403);
  assert.equal(await refusalOf(as('bob').send(new GetObjectCommand({ Bucket, Key: 'a' }))), '403 AccessDenied');
});

test('a named user of another account gets what is named and nothing else', async () => {
  const Bucket = await scene.newBucket('ann');
  await as('ann').send(new PutObjectCommand({ Bucket, Key: 'shared/a', Body: 'x' }));
  await as('ann').send(new PutObjectCommand({ Bucket, Key: 'own/a', Body: 'x' }));
  const arn = await arnOf('bob');
  await put(
    Bucket,
    policyOf(allow(Bucket, { Principal: { AWS: arn }, Resource: `arn:aws:s3:::${Bucket}/shared/*` })),
    'ann',
  );
  assert.equal(await refusalOf(as('bob').send(new GetObjectCommand({ Bucket, Key: 'shared/a' }))), 'was accepted');
  assert.equal(await refusalOf(as('bob').send(new GetObjectCommand({ Bucket, Key: 'own/a' }))), '403 AccessDenied');
  assert.equal(await refusalOf(as('bob').send(new ListObjectsV2Command({ Bucket }))), '403 AccessDenied');
});

test('an explicit deny wins over ownership, over roles and over root', async () => {
  const Bucket = await scene.newBucket('ann');
  await as('ann').send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
  await put(Bucket, policyOf(allow(Bucket, { Effect: 'Deny' })), 'ann');
  for (const who of ['ann', 'boss', 'chief']) {
    assert.equal(await refusalOf(as(who).send(new GetObjectCommand({ Bucket, Key: 'a' }))), '403 AccessDenied', who);
  }
  assert.equal(await refusalOf(client.send(new GetObjectCommand({ Bucket, Key: 'a' }))), '403 AccessDenied');
});

test('no policy locks the owner of the bucket or root out of the policy', async () => {
  const Bucket = await scene.newBucket('ann');
  const everything = {
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:*',
    Resource: [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`],
  };
  await put(Bucket, policyOf(everything), 'ann');
  assert.equal(await refusalOf(as('ann').send(new ListObjectsV2Command({ Bucket }))), '403 AccessDenied');
  assert.equal(await refusalOf(as('boss').send(new GetBucketPolicyCommand({ Bucket }))), '403 AccessDenied');
  assert.equal((await as('ann').send(new GetBucketPolicyCommand({ Bucket }))).Policy, policyOf(everything));
  assert.equal((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy, policyOf(everything));
  await as('ann').send(new DeleteBucketPolicyCommand({ Bucket }));
  assert.equal(await refusalOf(as('ann').send(new ListObjectsV2Command({ Bucket }))), 'was accepted');
});

test('who would lose the right to change the policy has to say that it is meant', async () => {
  const Bucket = await scene.newBucket('ann');
  const deny = policyOf({
    Effect: 'Deny',
    Principal: '*',
    Action: 's3:PutBucketPolicy',
    Resource: `arn:aws:s3:::${Bucket}`,
  });
  assert.equal(await refusalOf(put(Bucket, deny, 'boss')), '403 AccessDenied');
  assert.equal(await refusalOf(put(Bucket, deny, 'boss', true)), 'was accepted');
  assert.equal(await refusalOf(put(Bucket, deny, 'boss', true)), '403 AccessDenied');
});

test('malformed policies are refused in the words of AWS, and change nothing', async () => {
  const Bucket = await scene.newBucket();
  const kept = policyOf(allow(Bucket, { Principal: { AWS: '123456789012' } }));
  await put(Bucket, kept);
  const cases: [policy: string, message: RegExp][] = [
    ['nonsense', /first byte must be '\{'/],
    ['{"Version"', /JSON/],
    [policyOf(allow(Bucket, { Action: 'iam:GetUser' })), /^Policy has invalid action$/],
    [policyOf(allow(Bucket, { Action: 's3:GetObjekt' })), /^Policy has invalid action$/],
    [policyOf(allow(Bucket, { Resource: 'arn:aws:s3:::another/*' })), /^Policy has invalid resource$/],
    [policyOf(allow(Bucket, { Resource: `arn:aws:s3:::${Bucket}2/*` })), /^Policy has invalid resource$/],
    [policyOf(allow(Bucket, { Resource: '*' })), /^Policy has invalid resource$/],
    [policyOf(allow(Bucket, { Resource: `arn:aws:s3:::${Bucket}` })), /^Action does not apply to any resource/],
    [policyOf(allow(Bucket, { Action: 's3:ListBucket' })), /^Action does not apply to any resource/],
    [policyOf(allow(Bucket, { Principal: { AWS: 'arn:aws:iam::1:user/x' } })), /^Invalid principal in policy$/],
    [
      policyOf({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::${Bucket}/*` }),
      /^Missing required field Principal$/,
    ],
    [
      policyOf(allow(Bucket, { Condition: { StringEquals: { 's3:unheard-of': 'x' } } })),
      /^Policy has an invalid condition key$/,
    ],
    [
      policyOf(allow(Bucket, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } })),
      /^Policy has an invalid condition key$/,
    ],
    [policyOf(allow(Bucket, { Condition: { StringIs: { 's3:prefix': 'x' } } })), /Invalid policy syntax/],
    [policyOf(allow(Bucket, { Actions: 's3:GetObject' })), /./],
  ];
  for (const [policy, message] of cases) {
    const answer = await raw({ method: 'PUT', path: `/${Bucket}`, query: 'policy=', xml: policy });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'MalformedPolicy'], policy);
    assert.match((answer.element('Message') ?? '').replaceAll('&apos;', "'").replaceAll('&#39;', "'"), message, policy);
  }
  assert.equal((await client.send(new GetBucketPolicyCommand({ Bucket }))).Policy, kept);
  const large = policyOf(allow(Bucket, { Sid: 'x'.repeat(21_000) }));
  assert.equal((await raw({ method: 'PUT', path: `/${Bucket}`, query: 'policy=', xml: large })).status, 400);
  assert.equal((await raw({ method: 'PUT', path: `/${Bucket}`, query: 'policy=', xml: '' })).status, 400);
});

test('a public policy is refused under BlockPublicPolicy, which new buckets have', async () => {
  const Bucket = await scene.newBucket('ann');
  assert.equal(await refusalOf(put(Bucket, policyOf(allow(Bucket)), 'ann')), '403 AccessDenied');
  const narrow = allow(Bucket, { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } });
  assert.equal(await refusalOf(put(Bucket, policyOf(narrow), 'ann')), 'was accepted');
});

test('conditions are held against the request: address, prefix, referer', async () => {
  const Bucket = await scene.newBucket('ann');
  await open(Bucket, 'ann');
  await as('ann').send(new PutObjectCommand({ Bucket, Key: 'pub/a', Body: 'x' }));
  const list = { Effect: 'Allow', Principal: '*', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${Bucket}` };
  await put(
    Bucket,
    policyOf(
      { ...list, Condition: { StringLike: { 's3:prefix': 'pub/*' } } },
      allow(Bucket, { Condition: { StringLike: { 'aws:Referer': 'https://us.example/*' } } }),
    ),
    'ann',
  );
  assert.equal((await anonymously(`/${Bucket}?list-type=2&prefix=pub/`)).status, 200);
  assert.equal((await anonymously(`/${Bucket}?list-type=2`)).status, 403);
  assert.equal((await anonymously(`/${Bucket}?list-type=2&prefix=`)).status, 403);
  const read = (referer: string) => fetch(`${server.endpoint}/${Bucket}/pub/a`, { headers: { referer } });
  assert.equal((await read('https://us.example/page')).status, 200);
  assert.equal((await read('https://them.example/page')).status, 403);
});

test('who may', async () => {
  const Bucket = await scene.newBucket('ann');
  for (const stranger of ['bob', 'abe', 'reader']) {
    assert.equal(await refusalOf(put(Bucket, policyOf(allow(Bucket)), stranger)), '403 AccessDenied');
  }
  assert.equal(
    (await raw({ method: 'PUT', path: '/nowhere', query: 'policy=', xml: '{}' })).element('Code'),
    'NoSuchBucket',
  );
});

async function arnOf(name: string): Promise<string> {
  const { resolveAccessKey } = await import('../../src-server/services/access/resolve-access-key.ts');
  const found = await resolveAccessKey(server.context, `KEY-${name}`);
  assert.ok(found);
  return found.identity.arn;
}
