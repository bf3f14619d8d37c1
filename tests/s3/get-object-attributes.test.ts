import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  type GetObjectAttributesCommandInput,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { seededBytes } from '../support/seeded.ts';

const scene = await openObjectScene();
const { client, put, remove, raw } = scene;
after(() => scene.close());

const ALL = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;
const read = (Bucket: string, Key: string, more: Partial<GetObjectAttributesCommandInput> = {}) =>
  client.send(new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: [...ALL], ...more }));

async function multipart(Bucket: string, algorithm?: 'CRC32') {
  const target = { Bucket, Key: `parts-${algorithm}` };
  const chosen = algorithm === undefined ? {} : { ChecksumAlgorithm: algorithm };
  const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const { UploadId } = await plain.send(new CreateMultipartUploadCommand({ ...target, ...chosen }));
  const Parts = [];
  for (const [i, size] of [5 * 1024 ** 2, 5 * 1024 ** 2, 42].entries()) {
    const part = { ...target, UploadId, PartNumber: i + 1, Body: seededBytes(`part ${i}`, size), ...chosen };
    const { ETag, ChecksumCRC32 } = await plain.send(new UploadPartCommand(part));
    Parts.push({ PartNumber: i + 1, ETag, ChecksumCRC32 });
  }
  await plain.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts } }));
  return { key: target.Key, parts: Parts };
}

test('all attributes of an object put in one piece', async () => {
  const bucket = await scene.newBucket();
  const stored = await put(bucket, 'a', 'hello');
  const { $metadata, LastModified, ...attributes } = await read(bucket, 'a');
  assert.equal($metadata.httpStatusCode, 200);
  assert.ok(LastModified);
  assert.deepEqual(attributes, {
    ETag: stored.ETag?.replaceAll('"', ''),
    Checksum: { ChecksumCRC32: stored.ChecksumCRC32, ChecksumType: 'FULL_OBJECT' },
    StorageClass: 'STANDARD',
    ObjectSize: 5,
  });
});

test('only what is asked for', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a', 'hello');
  const { $metadata, LastModified, ...attributes } = await read(bucket, 'a', { ObjectAttributes: ['ObjectSize'] });
  assert.deepEqual(attributes, { ObjectSize: 5 });
});

test('parts with checksums, in pages', async () => {
  const bucket = await scene.newBucket();
  const { key, parts } = await multipart(bucket, 'CRC32');
  const whole = await read(bucket, key);
  assert.match(whole.ETag ?? '', /^[0-9a-f]{32}-3$/);
  assert.equal(whole.Checksum?.ChecksumType, 'COMPOSITE');
  assert.equal(whole.ObjectParts?.TotalPartsCount, 3);
  assert.deepEqual(
    whole.ObjectParts?.Parts?.map((part) => [part.PartNumber, part.Size, part.ChecksumCRC32]),
    parts.map((part, i) => [part.PartNumber, i === 2 ? 42 : 5 * 1024 ** 2, part.ChecksumCRC32]),
  );
  const first = await read(bucket, key, { MaxParts: 2 });
  assert.deepEqual(
    [first.ObjectParts?.Parts?.length, first.ObjectParts?.IsTruncated, first.ObjectParts?.NextPartNumberMarker],
    [2, true, '2'],
  );
  const second = await read(bucket, key, { MaxParts: 2, PartNumberMarker: first.ObjectParts?.NextPartNumberMarker });
  assert.deepEqual(
    [second.ObjectParts?.Parts?.map((part) => part.PartNumber), second.ObjectParts?.IsTruncated],
    [[3], false],
  );
});

test('parts without checksums are only counted', async () => {
  const bucket = await scene.newBucket();
  const { key } = await multipart(bucket);
  const { ObjectParts, Checksum } = await read(bucket, key);
  assert.deepEqual([ObjectParts?.TotalPartsCount, ObjectParts?.Parts], [3, undefined]);
  assert.deepEqual([Checksum?.ChecksumType, typeof Checksum?.ChecksumCRC64NVME], ['FULL_OBJECT', 'string']);
});

test('versions and markers', async () => {
  const bucket = await scene.versionedBucket();
  const one = await put(bucket, 'a', 'one');
  await put(bucket, 'a', 'other');
  const answer = await read(bucket, 'a', { VersionId: one.VersionId });
  assert.deepEqual([answer.ObjectSize, answer.VersionId], [3, one.VersionId]);
  await remove(bucket, 'a');
  assert.equal(await refusalOf(read(bucket, 'a')), '404 NoSuchKey');
  assert.equal(await refusalOf(read(bucket, 'absent')), '404 NoSuchKey');
});

test('an attribute that does not exist, or none', async () => {
  const bucket = await scene.newBucket();
  await put(bucket, 'a');
  for (const amzHeaders of [{ 'x-amz-object-attributes': 'ETag,Colour' }, {}]) {
    const answer = await raw({ method: 'GET', path: `/${bucket}/a`, query: 'attributes=', amzHeaders });
    assert.deepEqual([answer.status, answer.element('Code')], [400, 'InvalidArgument']);
  }
});
