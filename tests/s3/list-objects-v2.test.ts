import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put, raw, remove } = scene;
after(() => scene.close());

const KEYS = ['a', 'a/', 'a/b', 'a/b/c', 'b', 'b//c', 'b//d', 'b/c', 'ü', '日本/x', '🎉'];
const bucket = await scene.newBucket();
for (const key of KEYS) await put(bucket, key, key);

async function list(more: Partial<ListObjectsV2CommandInput> = {}) {
  const answer = await client.send(new ListObjectsV2Command({ Bucket: bucket, ...more }));
  const keys = (answer.Contents ?? []).map((object) => object.Key);
  const prefixes = (answer.CommonPrefixes ?? []).map((group) => group.Prefix);
  return { answer, keys, prefixes };
}

test('all keys in the order of their bytes', async () => {
  const { answer, keys } = await list();
  assert.deepEqual(keys, KEYS);
  assert.deepEqual([answer.KeyCount, answer.MaxKeys, answer.IsTruncated, answer.Name], [11, 1000, false, bucket]);
  const object = answer.Contents?.[0];
  assert.equal(object?.Size, 1);
  assert.equal(object?.StorageClass, 'STANDARD');
  assert.deepEqual(object?.ChecksumAlgorithm, ['CRC32']);
  assert.equal(object?.ChecksumType, 'FULL_OBJECT');
  assert.equal(object?.Owner, undefined);
  assert.ok((await list({ FetchOwner: true })).answer.Contents?.[0]?.Owner?.ID);
});

test('prefixes and delimiters of any length invent no keys', async () => {
  const cases: [prefix: string, delimiter: string, keys: string[], prefixes: string[]][] = [
    ['', '/', ['a', 'b', 'ü', '🎉'], ['a/', 'b/', '日本/']],
    ['a', '/', ['a'], ['a/']],
    ['a/', '/', ['a/', 'a/b'], ['a/b/']],
    ['b/', '/', ['b/c'], ['b//']],
    ['b//', '/', ['b//c', 'b//d'], []],
    ['', '//', ['a', 'a/', 'a/b', 'a/b/c', 'b', 'b/c', 'ü', '日本/x', '🎉'], ['b//']],
    ['', '本', ['a', 'a/', 'a/b', 'a/b/c', 'b', 'b//c', 'b//d', 'b/c', 'ü', '🎉'], ['日本']],
    ['absent', '/', [], []],
    ['', 'absent', KEYS, []],
  ];
  for (const [Prefix, Delimiter, keys, prefixes] of cases) {
    const page = await list({ Prefix, Delimiter });
    assert.deepEqual([page.keys, page.prefixes], [keys, prefixes], `${Prefix} ${Delimiter}`);
    assert.equal(page.answer.KeyCount, keys.length + prefixes.length);
  }
});

test('pages of every size add up', async () => {
  for (const Delimiter of [undefined, '/']) {
    const whole = await list({ Delimiter });
    for (let MaxKeys = 1; MaxKeys <= 12; MaxKeys++) {
      const keys: unknown[] = [];
      const prefixes: unknown[] = [];
      let ContinuationToken: string | undefined;
      do {
        const page = await list({ Delimiter, MaxKeys, ContinuationToken });
        keys.push(...page.keys);
        prefixes.push(...page.prefixes);
        assert.equal(page.answer.ContinuationToken, ContinuationToken);
        assert.equal(page.answer.IsTruncated, page.answer.NextContinuationToken !== undefined);
        ContinuationToken = page.answer.NextContinuationToken;
      } while (ContinuationToken !== undefined);
      assert.deepEqual([keys, prefixes], [whole.keys, whole.prefixes], `${MaxKeys}`);
    }
  }
});

test('start-after, which a token outweighs', async () => {
  assert.deepEqual((await list({ StartAfter: 'b' })).keys, KEYS.slice(5));
  assert.deepEqual((await list({ StartAfter: 'b/' })).keys, KEYS.slice(5));
  assert.deepEqual((await list({ StartAfter: 'zz' })).keys, KEYS.slice(8));
  assert.deepEqual((await list({ StartAfter: 'a/b', Delimiter: '/' })).prefixes, ['b/', '日本/']);
  const first = await list({ StartAfter: 'a', MaxKeys: 1 });
  assert.equal(first.answer.StartAfter, 'a');
  const next = await list({ StartAfter: '🎉', ContinuationToken: first.answer.NextContinuationToken, MaxKeys: 1 });
  assert.deepEqual(next.keys, ['a/b']);
});

test('sizes of pages at their borders', async () => {
  const none = await list({ MaxKeys: 0 });
  assert.deepEqual([none.keys, none.answer.IsTruncated, none.answer.KeyCount], [[], false, 0]);
  assert.equal((await list({ MaxKeys: 5000 })).answer.MaxKeys, 1000);
  assert.equal((await list({ MaxKeys: 11 })).answer.IsTruncated, false);
  assert.equal(await refusalOf(list({ MaxKeys: -1 })), '400 InvalidArgument');
  const query = (text: string) => raw({ method: 'GET', path: `/${bucket}`, query: `list-type=2&max-keys=${text}` });
  assert.equal((await query('many')).element('Code'), 'InvalidArgument');
});

test('names on request as in a URL', async () => {
  const answer = await raw({ method: 'GET', path: `/${bucket}`, query: 'delimiter=%2F&encoding-type=url&list-type=2' });
  assert.match(answer.xml, /<Key>%C3%BC<\/Key>/);
  assert.match(answer.xml, /<Prefix>%E6%97%A5%E6%9C%AC\/<\/Prefix>/);
  assert.match(answer.xml, /<EncodingType>url<\/EncodingType>/);
  const other = await raw({ method: 'GET', path: `/${bucket}`, query: 'encoding-type=base64&list-type=2' });
  assert.deepEqual([other.status, other.element('Code')], [400, 'InvalidArgument']);
});

test('of a parameter that is given twice the first counts, and both are signed', async () => {
  const path = `/${await scene.newBucket()}`;
  const answer = await scene.raw({ method: 'GET', path, query: 'list-type=2&max-keys=1&max-keys=2' });
  assert.deepEqual([answer.status, answer.element('MaxKeys')], [200, '1']);
});

test('tokens are ours or refused', async () => {
  assert.equal(await refusalOf(list({ ContinuationToken: 'made-up' })), '400 InvalidArgument');
  const empty = await raw({ method: 'GET', path: `/${bucket}`, query: 'continuation-token=&list-type=2' });
  assert.equal(empty.element('Code'), 'InvalidArgument');
});

test('control characters survive', async () => {
  const odd = await scene.newBucket();
  for (const key of ['a\nb', 'a\r\nb', 'a\tb', 'a<&>"\'b', 'a b']) await put(odd, key);
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: odd }));
  assert.deepEqual(
    Contents?.map((object) => object.Key),
    ['a\tb', 'a\nb', 'a\r\nb', 'a b', 'a<&>"\'b'],
  );
});

test('only current objects, whatever stands behind them', async () => {
  const versioned = await scene.versionedBucket();
  for (let i = 0; i < 3; i++) await put(versioned, 'kept', `${i}`);
  await put(versioned, 'hidden');
  await remove(versioned, 'hidden');
  await put(versioned, 'restored');
  const marker = await remove(versioned, 'restored');
  await remove(versioned, 'restored', marker.versionId);
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: versioned }));
  assert.deepEqual(
    Contents?.map((object) => object.Key),
    ['kept', 'restored'],
  );
});

test('who may list', async () => {
  const owned = await scene.newBucket('ann');
  const as = (user: string) => refusalOf(scene.as(user).send(new ListObjectsV2Command({ Bucket: owned })));
  assert.deepEqual([await as('ann'), await as('reader')], ['was accepted', 'was accepted']);
  assert.deepEqual([await as('abe'), await as('bob')], ['403 AccessDenied', '403 AccessDenied']);
  assert.equal(
    await refusalOf(client.send(new ListObjectsV2Command({ Bucket: 'no-such-bucket' }))),
    '404 NoSuchBucket',
  );
});
