import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ListObjectsCommand, type ListObjectsCommandInput } from '@aws-sdk/client-s3';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put, raw } = scene;
after(() => scene.close());

const KEYS = ['a', 'a/b', 'a/c', 'b', 'c/d/e', 'c/f'];
const bucket = await scene.newBucket();
for (const key of KEYS) await put(bucket, key);

async function list(more: Partial<ListObjectsCommandInput> = {}) {
  const answer = await client.send(new ListObjectsCommand({ Bucket: bucket, ...more }));
  const keys = (answer.Contents ?? []).map((object) => object.Key);
  return { answer, keys, prefixes: (answer.CommonPrefixes ?? []).map((group) => group.Prefix) };
}

test('all keys, with owners', async () => {
  const { answer, keys } = await list();
  assert.deepEqual(keys, KEYS);
  assert.deepEqual([answer.Marker, answer.MaxKeys, answer.IsTruncated], ['', 1000, false]);
  assert.match(answer.Contents?.[0]?.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
});

test('without a delimiter the last key is the next marker, and AWS does not say so', async () => {
  const { answer, keys } = await list({ MaxKeys: 2 });
  assert.deepEqual([keys, answer.IsTruncated, answer.NextMarker], [['a', 'a/b'], true, undefined]);
  assert.deepEqual((await list({ Marker: 'a/b', MaxKeys: 2 })).keys, ['a/c', 'b']);
});

test('with one the next marker is told, a common prefix too', async () => {
  const pages: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page = await list({ Delimiter: '/', MaxKeys: 1, Marker });
    pages.push(...page.keys, ...page.prefixes);
    Marker = page.answer.NextMarker;
  } while (Marker !== undefined);
  assert.deepEqual(pages, ['a', 'a/', 'b', 'c/']);
});

test('a marker inside a group passes over it', async () => {
  assert.deepEqual((await list({ Delimiter: '/', Marker: 'a/b' })).prefixes, ['c/']);
});

test('names on request as in a URL, the marker too', async () => {
  const answer = await raw({
    method: 'GET',
    path: `/${bucket}`,
    query: 'encoding-type=url&marker=%20%C3%BC&max-keys=1',
  });
  assert.equal(answer.element('Marker'), '%20%C3%BC');
  assert.equal(answer.element('EncodingType'), 'url');
});
