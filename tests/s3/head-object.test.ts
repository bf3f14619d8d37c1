import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { HeadObjectCommand, type HeadObjectCommandInput } from '@aws-sdk/client-s3';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put, wire } = scene;
after(() => scene.close());

const bucket = await scene.newBucket();
const stored = await put(bucket, 'a', 'hello', { Tagging: 'a=1&b=2', StorageClass: 'ONEZONE_IA' });
const head = (more: Partial<HeadObjectCommandInput> = {}) =>
  client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'a', ...more }));
const statusOf = async (call: Promise<unknown>) =>
  call.then(
    () => 200,
    (error: { $metadata?: { httpStatusCode?: number } }) => error.$metadata?.httpStatusCode,
  );

test('the facts of an object without its bytes', async () => {
  const answer = await head();
  assert.equal(answer.ContentLength, 5);
  assert.equal(answer.ETag, stored.ETag);
  assert.equal(answer.StorageClass, 'ONEZONE_IA');
  assert.equal(answer.TagCount, 2);
  assert.equal(answer.AcceptRanges, 'bytes');
  const raw = await wire({ method: 'HEAD', path: `/${bucket}/a` });
  assert.deepEqual([raw.body.length, raw.header('content-length'), raw.header('x-amz-tagging-count')], [0, '5', '2']);
});

test('a range and a part have their own length', async () => {
  const range = await head({ Range: 'bytes=1-2' });
  assert.deepEqual([range.$metadata.httpStatusCode, range.ContentLength, range.ContentRange], [206, 2, 'bytes 1-2/5']);
  const part = await head({ PartNumber: 1 });
  assert.deepEqual([part.$metadata.httpStatusCode, part.ContentLength], [206, 5]);
});

test('overrides and checksums work as with GetObject', async () => {
  const answer = await head({ ResponseContentType: 'text/x-other', ChecksumMode: 'ENABLED' });
  assert.equal(answer.ContentType, 'text/x-other');
  assert.ok(answer.ChecksumCRC32);
});

test('a refusal has a status and no body', async () => {
  assert.equal(await statusOf(head({ Key: 'absent' })), 404);
  assert.equal(await statusOf(head({ IfMatch: '"x"' })), 412);
  assert.equal(await statusOf(head({ IfNoneMatch: stored.ETag })), 304);
  assert.equal(await statusOf(head({ Range: 'bytes=9-' })), 416);
  assert.equal(await statusOf(head({ VersionId: 'x' })), 400);
  const raw = await wire({ method: 'HEAD', path: `/${bucket}/absent` });
  assert.deepEqual([raw.status, raw.body.length], [404, 0]);
});

test('delete markers: 404 for the key, 405 for the marker', async () => {
  const versioned = await scene.versionedBucket();
  await put(versioned, 'a');
  const { versionId } = await scene.remove(versioned, 'a');
  const hidden = await wire({ method: 'HEAD', path: `/${versioned}/a` });
  assert.deepEqual([hidden.status, hidden.header('x-amz-delete-marker')], [404, 'true']);
  const named = await wire({ method: 'HEAD', path: `/${versioned}/a`, query: `versionId=${versionId}` });
  assert.deepEqual([named.status, named.header('x-amz-delete-marker')], [405, 'true']);
});
