import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CreateBucketCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketTaggingCommand,
  HeadBucketCommand,
  ListBucketsCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

test('a bucket stands at once, and its Location names it', async () => {
  const made = await client.send(new CreateBucketCommand({ Bucket: 'fresh' }));
  assert.equal(made.$metadata.httpStatusCode, 200);
  assert.equal(made.Location, '/fresh');
  assert.equal((await client.send(new HeadBucketCommand({ Bucket: 'fresh' }))).BucketRegion, 'us-east-1');
});

test("making one's own bucket again succeeds in us-east-1, another's never", async () => {
  const again = () => as('ann').send(new CreateBucketCommand({ Bucket: 'of-ann' }));
  await again();
  assert.equal((await again()).Location, '/of-ann');
  assert.equal(
    await refusalOf(as('bob').send(new CreateBucketCommand({ Bucket: 'of-ann' }))),
    '409 BucketAlreadyExists',
  );
  assert.equal(
    await refusalOf(as('abe').send(new CreateBucketCommand({ Bucket: 'of-ann' }))),
    '409 BucketAlreadyExists',
  );
  const withTags = new CreateBucketCommand({
    Bucket: 'of-ann',
    CreateBucketConfiguration: { Tags: [{ Key: 'a', Value: 'b' }] },
  });
  assert.equal(await refusalOf(as('ann').send(withTags)), '409 BucketAlreadyOwnedByYou');
});

test('of two that race for a name one gets it', async () => {
  const answers = await Promise.all(
    ['ann', 'bob', 'ann', 'bob'].map((who) => refusalOf(as(who).send(new CreateBucketCommand({ Bucket: 'raced' })))),
  );
  assert.equal(answers.filter((answer) => answer === 'was accepted').length, 2, 'the winner twice');
  assert.equal(answers.filter((answer) => answer === '409 BucketAlreadyExists').length, 2);
});

test('readonly users and anonymous callers make no bucket', async () => {
  assert.equal(await refusalOf(as('reader').send(new CreateBucketCommand({ Bucket: 'refused' }))), '403 AccessDenied');
  const anonymous = await fetch(`${scene.server.endpoint}/refused`, { method: 'PUT' });
  assert.equal(anonymous.status, 403);
  assert.match(await anonymous.text(), /<Code>AccessDenied<\/Code>/);
  assert.equal(await refusalOf(client.send(new HeadBucketCommand({ Bucket: 'refused' }))), '404 NotFound');
});

test('tags and ownership are stored', async () => {
  await client.send(
    new CreateBucketCommand({
      Bucket: 'dressed',
      ObjectOwnership: 'ObjectWriter',
      CreateBucketConfiguration: { Tags: [{ Key: 'team', Value: 'Büro @ home' }] },
    }),
  );
  const tags = await client.send(new GetBucketTaggingCommand({ Bucket: 'dressed' }));
  assert.deepEqual(tags.TagSet, [{ Key: 'team', Value: 'Büro @ home' }]);
  const controls = await client.send(new GetBucketOwnershipControlsCommand({ Bucket: 'dressed' }));
  assert.deepEqual(controls.OwnershipControls?.Rules, [{ ObjectOwnership: 'ObjectWriter' }]);
});

test('bad names are refused', async () => {
  for (const name of ['ab', 'Upper', 'under_score', '192.168.5.4', 'a..b', '-dash', 'xn--idn', 'x'.repeat(64)]) {
    const answer = await raw({ method: 'PUT', path: `/${name}` });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'InvalidBucketName'], name);
    assert.equal(answer.element('BucketName'), name);
  }
});

test('the location constraint is this region or none', async () => {
  const constraint = (value: string) =>
    `<CreateBucketConfiguration><LocationConstraint>${value}</LocationConstraint></CreateBucketConfiguration>`;
  const put = (path: string, xml: string) => raw({ method: 'PUT', path, xml });
  assert.equal((await put('/located-1', constraint('us-east-1'))).status, 200);
  assert.equal((await put('/located-2', constraint(''))).status, 200);
  assert.equal((await put('/located-3', '<CreateBucketConfiguration/>')).status, 200);
  const elsewhere = await put('/located-4', constraint('eu-west-1'));
  assert.deepEqual([elsewhere.status, elsewhere.element('Code')], [400, 'IllegalLocationConstraintException']);
  const nowhere = await put('/located-4', constraint('the moon'));
  assert.deepEqual([nowhere.status, nowhere.element('Code')], [400, 'InvalidLocationConstraint']);
});

test('XML in any namespace or none; broken, hostile and unknown XML is refused', async () => {
  const put = (xml: string) => raw({ method: 'PUT', path: '/by-xml', xml });
  const codes: [xml: string, code: string][] = [
    ['<CreateBucketConfiguration>', 'MalformedXML'],
    ['not xml', 'MalformedXML'],
    ['<Other/>', 'MalformedXML'],
    ['<CreateBucketConfiguration><Unknown/></CreateBucketConfiguration>', 'MalformedXML'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><CreateBucketConfiguration/>', 'MalformedXML'],
    [
      '<CreateBucketConfiguration><Bucket><Type>Directory</Type></Bucket></CreateBucketConfiguration>',
      'NotImplemented',
    ],
  ];
  for (const [xml, code] of codes) assert.equal((await put(xml)).element('Code'), code, xml);
  assert.equal(await refusalOf(client.send(new HeadBucketCommand({ Bucket: 'by-xml' }))), '404 NotFound');
  const namespaced = '\u{feff}  <x:CreateBucketConfiguration xmlns:x="http://example.org/"/>';
  assert.equal((await put(namespaced)).status, 200);
});

test('bad tags make no bucket', async () => {
  const tag = (key: string) => `<Tag><Key>${key}</Key><Value>v</Value></Tag>`;
  const put = (tags: string) =>
    raw({
      method: 'PUT',
      path: '/tagged',
      xml: `<CreateBucketConfiguration><Tags>${tags}</Tags></CreateBucketConfiguration>`,
    });
  assert.equal((await put(tag('a') + tag('a'))).element('Code'), 'InvalidTag');
  assert.equal((await put(tag('aws:x'))).element('Code'), 'InvalidTag');
  const many = Array.from({ length: 51 }, (_, i) => tag(`k${i}`)).join('');
  assert.equal((await put(many)).element('Code'), 'BadRequest');
  assert.equal(await refusalOf(client.send(new HeadBucketCommand({ Bucket: 'tagged' }))), '404 NotFound');
});

test('what is not done yet is refused and makes no bucket', async () => {
  const cases: [headers: Record<string, string>, status: number][] = [
    [{ 'x-amz-bucket-object-lock-enabled': 'perhaps' }, 400],
    [{ 'x-amz-acl': 'public-read' }, 400],
    [{ 'x-amz-grant-read': 'id="x"' }, 400],
    [{ 'x-amz-acl': 'nonsense' }, 400],
    [{ 'x-amz-acl': 'bucket-owner-full-control' }, 400],
    [{ 'x-amz-object-ownership': 'Nobody' }, 400],
    [{ 'x-amz-bucket-namespace': 'account-regional' }, 501],
  ];
  for (const [amzHeaders, status] of cases) {
    const answer = await raw({ method: 'PUT', path: '/undone', amzHeaders });
    assert.equal(answer.status, status, JSON.stringify(amzHeaders));
  }
  const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
  assert.ok(!Buckets.some((bucket) => bucket.Name === 'undone'));
  const harmless = { 'x-amz-acl': 'private', 'x-amz-bucket-object-lock-enabled': 'false' };
  assert.equal((await raw({ method: 'PUT', path: '/undone', amzHeaders: harmless })).status, 200);
});

test("outside of us-east-1 one's own bucket is a conflict too", async () => {
  const elsewhere = await openBucketScene({ args: ['--region', 'eu-central-1'] });
  try {
    const create = () => elsewhere.client.send(new CreateBucketCommand({ Bucket: 'mine' }));
    await create();
    assert.equal(await refusalOf(create()), '409 BucketAlreadyOwnedByYou');
    const named = { Bucket: 'named', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' as const } };
    await elsewhere.client.send(new CreateBucketCommand(named));
  } finally {
    await elsewhere.close();
  }
});
