import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put, get, remove, history, wire } = scene;
after(() => scene.close());

test('an object goes, and going again succeeds', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a/');
  await put(bucket, 'a/b');
  assert.deepEqual(await remove(bucket, 'a/'), { marker: false, versionId: undefined });
  assert.deepEqual(await remove(bucket, 'a/'), { marker: false, versionId: undefined });
  assert.equal(await refusalOf(get(bucket, 'a/')), '404 NoSuchKey');
  assert.equal((await get(bucket, 'a/b')).text, 'body');
  assert.deepEqual(await history(bucket), ['a/b null*']);
  const raw = await wire({ method: 'DELETE', path: `/${bucket}/a/b` });
  assert.deepEqual([raw.status, raw.body.length, raw.header('x-amz-version-id')], [204, 0, undefined]);
});

test('a marker hides, its removal restores', async () => {
  const bucket = await scene.versionedBucket();
  const one = (await put(bucket, 'a', 'one')).VersionId;
  const two = (await put(bucket, 'a', 'two')).VersionId;
  const hidden = await remove(bucket, 'a');
  assert.equal(hidden.marker, true);
  assert.deepEqual(await history(bucket, { one, two, hidden: hidden.versionId }), [
    'a two',
    'a one',
    'a marker hidden*',
  ]);
  assert.deepEqual(await remove(bucket, 'a', hidden.versionId), { marker: true, versionId: hidden.versionId });
  assert.equal((await get(bucket, 'a')).text, 'two');
  assert.deepEqual(await remove(bucket, 'a', two), { marker: false, versionId: two });
  assert.equal((await get(bucket, 'a')).text, 'one');
  assert.deepEqual(await remove(bucket, 'a', two), { marker: false, versionId: two });
  await remove(bucket, 'a', one);
  assert.deepEqual(await history(bucket), []);
});

test('suspended versioning marks with null', async () => {
  const bucket = await scene.versionedBucket();
  const one = (await put(bucket, 'a', 'one')).VersionId;
  await scene.setVersioning(bucket, 'Suspended');
  await put(bucket, 'a', 'null');
  assert.deepEqual(await remove(bucket, 'a'), { marker: true, versionId: 'null' });
  assert.deepEqual(await history(bucket, { one }), ['a one', 'a marker null*']);
  assert.deepEqual(await remove(bucket, 'a', 'null'), { marker: true, versionId: 'null' });
  assert.equal((await get(bucket, 'a')).text, 'one');
});

test('conditions', async () => {
  const bucket = await scene.newBucket();
  const tag = (await put(bucket, 'a')).ETag;
  const removeIf = (Key: string, IfMatch: string | undefined) =>
    refusalOf(client.send(new DeleteObjectCommand({ Bucket: bucket, Key, IfMatch })));
  assert.equal(await removeIf('a', '"0123"'), '412 PreconditionFailed');
  assert.equal(await removeIf('absent', '*'), '404 NoSuchKey');
  assert.equal(await removeIf('absent', tag), '404 NoSuchKey');
  assert.equal(await removeIf('a', tag), 'was accepted');
  await put(bucket, 'a');
  assert.equal(await removeIf('a', '*'), 'was accepted');
});

test('of racing conditional deletes one removes', async () => {
  const bucket = await scene.newBucket();
  const tag = (await put(bucket, 'a')).ETag;
  const racers = Array.from({ length: 6 }, () =>
    refusalOf(client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a', IfMatch: tag }))),
  );
  assert.equal((await Promise.all(racers)).filter((outcome) => outcome === 'was accepted').length, 1);
});

test('refusals', async () => {
  const bucket = await scene.newBucket('ann');
  assert.equal(await refusalOf(remove(bucket, 'a', 'no-id')), '400 InvalidArgument');
  assert.equal(await refusalOf(remove('no-such-bucket', 'a')), '404 NoSuchBucket');
  const as = (user: string) => refusalOf(scene.as(user).send(new DeleteObjectCommand({ Bucket: bucket, Key: 'a' })));
  assert.equal(await as('reader'), '403 AccessDenied');
  assert.equal(await as('abe'), '403 AccessDenied');
  assert.equal(await as('ann'), 'was accepted');
  const mfa = await wire({ method: 'DELETE', path: `/${bucket}/a`, amzHeaders: { 'x-amz-mfa': '1 2' } });
  assert.equal(mfa.status, 501);
});
