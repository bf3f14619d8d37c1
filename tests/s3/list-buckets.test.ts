import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CreateBucketCommand, ListBucketsCommand, paginateListBuckets, type S3Client } from '@aws-sdk/client-s3';
import { openBucketScene } from '../support/s3/bucket-scene.ts';
import { provision, provisionedUser } from '../support/users.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());

before(async () => {
  for (const name of ['zeta', 'alpha-2', 'alpha-1', 'alphabet']) {
    await as('ann').send(new CreateBucketCommand({ Bucket: name }));
  }
  await as('abe').send(new CreateBucketCommand({ Bucket: 'abes' }));
  await as('bob').send(new CreateBucketCommand({ Bucket: 'bobs' }));
  await client.send(new CreateBucketCommand({ Bucket: 'roots' }));
});

async function names(
  who: S3Client,
  input: ConstructorParameters<typeof ListBucketsCommand>[0] = {},
): Promise<string[]> {
  const { Buckets = [] } = await who.send(new ListBucketsCommand(input));
  return Buckets.map((bucket) => bucket.Name ?? '');
}

test('everybody sees what the role lists, by name', async () => {
  const all = ['abes', 'alpha-1', 'alpha-2', 'alphabet', 'bobs', 'roots', 'zeta'];
  const office = ['abes', 'alpha-1', 'alpha-2', 'alphabet', 'zeta'];
  assert.deepEqual(await names(client), all);
  assert.deepEqual(await names(as('chief')), all);
  assert.deepEqual(await names(as('boss')), office);
  assert.deepEqual(await names(as('reader')), office);
  assert.deepEqual(await names(as('ann')), ['alpha-1', 'alpha-2', 'alphabet', 'zeta']);
  assert.deepEqual(await names(as('bob')), ['bobs']);
});

test('anonymous callers see nothing', async () => {
  const answer = await fetch(scene.server.endpoint);
  assert.equal(answer.status, 403);
  assert.match(await answer.text(), /<Code>AccessDenied<\/Code>/);
});

test('owner and dates are shown; the region only where a parameter was given', async () => {
  const plain = await as('ann').send(new ListBucketsCommand({}));
  assert.match(plain.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
  assert.equal(plain.Owner?.DisplayName, undefined);
  const age = Date.now() - (plain.Buckets?.[0]?.CreationDate?.getTime() ?? 0);
  assert.ok(age >= -1000 && age < 600_000);
  assert.equal(plain.Buckets?.[0]?.BucketRegion, undefined);
  assert.equal(plain.ContinuationToken, undefined);
  const paged = await as('ann').send(new ListBucketsCommand({ Prefix: 'z' }));
  assert.equal(paged.Buckets?.[0]?.BucketRegion, 'us-east-1');
  assert.equal(paged.Prefix, 'z');
});

test('a provisioned display name is shown', async () => {
  await provision(scene.server.context, { users: [{ ...provisionedUser('dora', 'user'), displayName: 'Dora & Co' }] });
  assert.equal((await as('dora').send(new ListBucketsCommand({}))).Owner?.DisplayName, 'Dora & Co');
});

test('pages of every size hold each bucket once', async () => {
  const all = await names(client);
  for (const size of [1, 2, 3, all.length, 10_000]) {
    const seen: string[] = [];
    let pages = 0;
    for await (const page of paginateListBuckets({ client }, { MaxBuckets: size })) {
      pages++;
      seen.push(...(page.Buckets ?? []).map((bucket) => bucket.Name ?? ''));
    }
    assert.deepEqual(seen, all);
    assert.equal(pages, Math.max(1, Math.ceil(all.length / size)), 'no empty last page');
  }
});

test('a prefix, alone and in pages; the token carries no more rights than its caller', async () => {
  assert.deepEqual(await names(client, { Prefix: 'alpha' }), ['alpha-1', 'alpha-2', 'alphabet']);
  assert.deepEqual(await names(client, { Prefix: 'alpha-' }), ['alpha-1', 'alpha-2']);
  assert.deepEqual(await names(client, { Prefix: 'ä' }), []);
  assert.deepEqual(await names(client, { Prefix: '' }), await names(client));
  const first = await client.send(new ListBucketsCommand({ Prefix: 'alpha', MaxBuckets: 2 }));
  const token = first.ContinuationToken ?? '';
  assert.ok(token !== '' && !token.includes('alpha'));
  assert.deepEqual(await names(client, { Prefix: 'alpha', ContinuationToken: token }), ['alphabet']);
  assert.deepEqual(await names(as('bob'), { ContinuationToken: token }), ['bobs']);
});

test('this region has all buckets, another one none', async () => {
  assert.equal((await names(client, { BucketRegion: 'us-east-1' })).length, 7);
  assert.deepEqual(await names(client, { BucketRegion: 'eu-west-1' }), []);
});

test('bad parameters are refused', async () => {
  const queries = [
    'max-buckets=0',
    'max-buckets=10001',
    'max-buckets=x',
    'max-buckets=-1',
    'max-buckets=',
    'max-buckets=1.5',
  ];
  for (const query of [...queries, 'continuation-token=', 'continuation-token=%21%21']) {
    const answer = await raw({ method: 'GET', path: '/', query });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'InvalidArgument'], query);
    assert.equal(answer.element('ArgumentName'), query.split('=')[0]);
  }
});

test('no buckets: an empty list', async () => {
  await provision(scene.server.context, { users: [provisionedUser('newcomer', 'user')] });
  const { xml } = await raw({ method: 'GET', path: '/' }, 'newcomer');
  assert.match(
    xml,
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<ListAllMyBucketsResult xmlns="http:\/\/s3.amazonaws.com\/doc\/2006-03-01\/"><Owner>/,
  );
  assert.match(xml, /<Buckets><\/Buckets><\/ListAllMyBucketsResult>$/);
});
