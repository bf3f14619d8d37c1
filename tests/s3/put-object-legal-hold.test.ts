import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectLegalHoldCommand,
  HeadObjectCommand,
  PutObjectLegalHoldCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put } = scene;
after(() => scene.close());

const bucket = 'held';
await client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));
const hold = (Key: string, VersionId: string | undefined, Status: 'ON' | 'OFF') =>
  client.send(new PutObjectLegalHoldCommand({ Bucket: bucket, Key, VersionId, LegalHold: { Status } }));
const holdOf = async (Key: string, VersionId?: string) =>
  (await client.send(new GetObjectLegalHoldCommand({ Bucket: bucket, Key, VersionId }))).LegalHold?.Status;
const erase = (Key: string, VersionId: string | undefined) =>
  client.send(new DeleteObjectCommand({ Bucket: bucket, Key, VersionId, BypassGovernanceRetention: true }));

test('a hold keeps a version until it is lifted, whoever bypasses what', async () => {
  const { VersionId } = await put(bucket, 'a', 'x');
  assert.deepEqual(await refusalOf(holdOf('a', VersionId)), '404 NoSuchObjectLockConfiguration');
  await hold('a', VersionId, 'ON');
  assert.equal(await holdOf('a', VersionId), 'ON');
  assert.deepEqual(await refusalOf(erase('a', VersionId)), '403 AccessDenied');
  await hold('a', VersionId, 'OFF');
  assert.equal(await holdOf('a', VersionId), 'OFF');
  await erase('a', VersionId);
});

test('what is no hold, and where none can be', async () => {
  await put(bucket, 'b', 'x');
  assert.deepEqual(await refusalOf(hold('b', undefined, 'abc' as 'ON')), '400 MalformedXML');
  const plain = await scene.newBucket();
  await put(plain, 'b', 'x');
  const elsewhere = client.send(
    new PutObjectLegalHoldCommand({ Bucket: plain, Key: 'b', LegalHold: { Status: 'ON' } }),
  );
  assert.deepEqual(await refusalOf(elsewhere), '400 InvalidRequest');
  assert.deepEqual(await refusalOf(hold('absent', undefined, 'ON')), '404 NoSuchKey');
  const marker = await erase('b', undefined);
  assert.deepEqual(await refusalOf(hold('b', marker.VersionId, 'ON')), '405 MethodNotAllowed');
});

test('the lock of CreateMultipartUpload is its object’s', async () => {
  const RetainUntilDate = new Date(Math.floor(Date.now() / 1000) * 1000 + 86_400_000);
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({
      Bucket: bucket,
      Key: 'parts',
      ObjectLockLegalHoldStatus: 'ON',
      ObjectLockMode: 'COMPLIANCE',
      ObjectLockRetainUntilDate: RetainUntilDate,
    }),
  );
  const part = { Bucket: bucket, Key: 'parts', UploadId };
  const { ETag } = await client.send(new UploadPartCommand({ ...part, PartNumber: 1, Body: 'x' }));
  const { VersionId } = await client.send(
    new CompleteMultipartUploadCommand({ ...part, MultipartUpload: { Parts: [{ PartNumber: 1, ETag }] } }),
  );
  const head = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'parts' }));
  assert.deepEqual(
    [head.ObjectLockMode, head.ObjectLockRetainUntilDate, head.ObjectLockLegalHoldStatus],
    ['COMPLIANCE', RetainUntilDate, 'ON'],
  );
  assert.deepEqual(await refusalOf(erase('parts', VersionId)), '403 AccessDenied');
});
