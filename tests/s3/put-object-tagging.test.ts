import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { GetObjectTaggingCommand, HeadObjectCommand, PutObjectTaggingCommand, type Tag } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put, remove, raw } = scene;
after(() => scene.close());

const setTags = (Bucket: string, Key: string, TagSet: Tag[], VersionId?: string) =>
  client.send(new PutObjectTaggingCommand({ Bucket, Key, VersionId, Tagging: { TagSet } }));
const tags = async (Bucket: string, Key: string, VersionId?: string) =>
  (await client.send(new GetObjectTaggingCommand({ Bucket, Key, VersionId }))).TagSet;

test('a tag set replaces the one before; the object stays as it is', async () => {
  const bucket = await scene.newBucket();
  const { ETag } = await put(bucket, 'a', 'x', { Tagging: 'old=1' });
  const set = [
    { Key: 'größe /', Value: '' },
    ...Array.from({ length: 9 }, (_, i) => ({ Key: `k${i}`, Value: `${i}` })),
  ];
  await setTags(bucket, 'a', set);
  assert.deepEqual(await tags(bucket, 'a'), set);
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a' }));
  assert.deepEqual([head.ETag, head.TagCount], [ETag, 10]);
  await setTags(bucket, 'a', []);
  assert.deepEqual(await tags(bucket, 'a'), []);
});

test('each version has its own', async () => {
  const bucket = await scene.versionedBucket();
  const one = (await put(bucket, 'a', 'one')).VersionId;
  const two = (await put(bucket, 'a', 'two')).VersionId;
  const answer = await setTags(bucket, 'a', [{ Key: 'of', Value: 'one' }], one);
  assert.equal(answer.VersionId, one);
  assert.equal((await setTags(bucket, 'a', [{ Key: 'of', Value: 'two' }])).VersionId, two);
  assert.deepEqual(await tags(bucket, 'a', one), [{ Key: 'of', Value: 'one' }]);
  assert.deepEqual(await tags(bucket, 'a'), [{ Key: 'of', Value: 'two' }]);
});

test('what is wrong changes nothing', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a', 'x', { Tagging: 'kept=1' });
  const pair = (Key: string, Value = '') => ({ Key, Value });
  const cases: [set: Tag[], refusal: string][] = [
    [Array.from({ length: 11 }, (_, i) => pair(`k${i}`)), '400 BadRequest'],
    [[pair('a'), pair('a')], '400 InvalidTag'],
    [[pair('')], '400 InvalidTag'],
    [[pair('k'.repeat(129))], '400 InvalidTag'],
    [[pair('k', 'v'.repeat(257))], '400 InvalidTag'],
    [[pair('aws:k')], '400 InvalidTag'],
    [[pair('a&b')], '400 InvalidTag'],
  ];
  for (const [set, refusal] of cases) assert.equal(await refusalOf(setTags(bucket, 'a', set)), refusal);
  for (const xml of [
    '<Tagging/>',
    '<Tags/>',
    '<Tagging><TagSet><Tag><Key>a</Key></Tag></TagSet></Tagging>',
    '<Tagging>',
  ]) {
    const answer = await raw({ method: 'PUT', path: `/${bucket}/a`, query: 'tagging=', xml });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'MalformedXML']);
  }
  assert.deepEqual(await tags(bucket, 'a'), [pair('kept', '1')]);
});

test('there must be an object', async () => {
  const bucket = await scene.versionedBucket();
  const set = [{ Key: 'a', Value: 'b' }];
  assert.equal(await refusalOf(setTags(bucket, 'absent', set)), '404 NoSuchKey');
  await put(bucket, 'a');
  assert.equal(await refusalOf(setTags(bucket, 'a', set, 'A'.repeat(32))), '404 NoSuchVersion');
  const marker = (await remove(bucket, 'a')).versionId;
  assert.equal(await refusalOf(setTags(bucket, 'a', set)), '404 NoSuchKey');
  assert.equal(await refusalOf(setTags(bucket, 'a', set, marker)), '405 MethodNotAllowed');
});

test('who may', async () => {
  const bucket = await scene.newBucket('ann');
  const xml = '<Tagging><TagSet/></Tagging>';
  const as = async (user: string) =>
    (await raw({ method: 'PUT', path: `/${bucket}/a`, query: 'tagging=', xml }, user)).status;
  assert.deepEqual([await as('ann'), await as('abe'), await as('reader')], [404, 403, 403]);
});
