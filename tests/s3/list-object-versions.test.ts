import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ListObjectVersionsCommand, type ListObjectVersionsCommandInput } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put, remove, history, raw } = scene;
after(() => scene.close());

async function list(Bucket: string, more: Partial<ListObjectVersionsCommandInput> = {}) {
  const answer = await client.send(new ListObjectVersionsCommand({ Bucket, ...more }));
  const entries = [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])];
  return { answer, entries, prefixes: (answer.CommonPrefixes ?? []).map((group) => group.Prefix) };
}

/** The entries as they follow each other on the wire. */
async function inOrder(bucket: string, query = ''): Promise<string[]> {
  const { xml } = await raw({ method: 'GET', path: `/${bucket}`, query: `${query}versions=` });
  return [...xml.matchAll(/<(Version|DeleteMarker)><Key>([^<]*)<\/Key>/g)].map((match) => `${match[1]} ${match[2]}`);
}

test('a bucket without versioning lists its objects as null', async () => {
  const bucket = await scene.newBucket();
  for (const key of ['b', 'a']) await put(bucket, key);
  assert.deepEqual(await history(bucket), ['a null*', 'b null*']);
});

test('keys in order, versions newest first, markers among them', async () => {
  const bucket = await scene.versionedBucket();
  const one = (await put(bucket, 'a', 'one')).VersionId;
  const gone = (await remove(bucket, 'a')).versionId;
  const two = (await put(bucket, 'a', 'two')).VersionId;
  const b = (await remove(bucket, 'b')).versionId;
  assert.deepEqual(await history(bucket, { one, two, gone, b }), ['a two*', 'a one', 'a marker gone', 'b marker b*']);
  assert.deepEqual(await inOrder(bucket), ['Version a', 'DeleteMarker a', 'Version a', 'DeleteMarker b']);
  const { answer } = await list(bucket);
  const [version] = answer.Versions ?? [];
  assert.deepEqual([version?.Size, version?.StorageClass, version?.IsLatest], [3, 'STANDARD', true]);
  assert.match(version?.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
  assert.match(answer.DeleteMarkers?.[0]?.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
  assert.ok(answer.DeleteMarkers?.[0]?.LastModified);
});

test('pages of every size add up', async () => {
  const bucket = await scene.versionedBucket();
  for (const key of ['a', 'a/x', 'a/y', 'b']) for (let i = 0; i < 3; i++) await put(bucket, key, `${i}`);
  await remove(bucket, 'a/x');
  for (const Delimiter of [undefined, '/']) {
    const whole = await list(bucket, { Delimiter });
    for (let MaxKeys = 1; MaxKeys <= 14; MaxKeys++) {
      const seen: unknown[] = [];
      const prefixes: unknown[] = [];
      let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
      for (;;) {
        const page = await list(bucket, { Delimiter, MaxKeys, ...next });
        seen.push(...page.entries.map((entry) => entry.VersionId));
        prefixes.push(...page.prefixes);
        if (page.answer.IsTruncated !== true) break;
        assert.equal(page.entries.length + page.prefixes.length, MaxKeys);
        next = { KeyMarker: page.answer.NextKeyMarker, VersionIdMarker: page.answer.NextVersionIdMarker };
      }
      const sort = (list: unknown[]) => [...list].sort();
      assert.deepEqual(sort(seen), sort(whole.entries.map((entry) => entry.VersionId)), `${Delimiter} ${MaxKeys}`);
      assert.deepEqual(prefixes, whole.prefixes);
    }
  }
});

test('a listing goes on where its last version was deleted', async () => {
  const bucket = await scene.versionedBucket();
  const keys = ['a', 'b'];
  for (const key of keys) for (let i = 0; i < 5; i++) await put(bucket, key, `${i}`);
  // As clients empty a bucket: delete what a page shows, ask for the page behind it.
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (let pages = 0; pages < 20; pages++) {
    const page = await list(bucket, { MaxKeys: 2, ...next });
    for (const entry of page.entries) await remove(bucket, entry.Key ?? '', entry.VersionId);
    if (page.answer.IsTruncated !== true) break;
    next = { KeyMarker: page.answer.NextKeyMarker, VersionIdMarker: page.answer.NextVersionIdMarker };
  }
  assert.deepEqual(await history(bucket), []);
});

test('prefix and delimiter invent no keys', async () => {
  const bucket = await scene.versionedBucket();
  for (const key of ['Veeam/Backup/x', 'Veeam/Backup/y', 'Veeam/Archive/z', 'Veeam/']) await put(bucket, key);
  const folder = await list(bucket, { Prefix: 'Veeam/', Delimiter: '/' });
  assert.deepEqual(
    folder.entries.map((entry) => entry.Key),
    ['Veeam/'],
  );
  assert.deepEqual(folder.prefixes, ['Veeam/Archive/', 'Veeam/Backup/']);
  const top = await list(bucket, { Delimiter: '/' });
  assert.deepEqual([top.entries, top.prefixes], [[], ['Veeam/']]);
});

test('markers', async () => {
  const bucket = await scene.versionedBucket();
  const one = (await put(bucket, 'a', 'one')).VersionId;
  const two = (await put(bucket, 'a', 'two')).VersionId;
  await put(bucket, 'b');
  const ids = async (more: Partial<ListObjectVersionsCommandInput>) =>
    (await list(bucket, more)).entries.map((entry) => (entry.VersionId === one ? 'one' : entry.Key));
  assert.deepEqual(await ids({ KeyMarker: 'a' }), ['b']);
  assert.deepEqual(await ids({ KeyMarker: 'a', VersionIdMarker: two }), ['one', 'b']);
  assert.deepEqual(await ids({ KeyMarker: 'a', VersionIdMarker: one }), ['b']);
  assert.equal(await refusalOf(list(bucket, { VersionIdMarker: one })), '400 InvalidArgument');
  assert.equal(await refusalOf(list(bucket, { KeyMarker: 'a', VersionIdMarker: 'x' })), '400 InvalidArgument');
  const none = await list(bucket, { MaxKeys: 0 });
  assert.deepEqual([none.entries, none.answer.IsTruncated], [[], false]);
});

test('names on request as in a URL', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'ü b/c');
  const { xml } = await raw({ method: 'GET', path: `/${bucket}`, query: 'delimiter=%2F&encoding-type=url&versions=' });
  assert.match(xml, /<Prefix>%C3%BC%20b\/<\/Prefix>/);
  assert.deepEqual(await inOrder(bucket, 'encoding-type=url&'), ['Version %C3%BC%20b/c']);
});
