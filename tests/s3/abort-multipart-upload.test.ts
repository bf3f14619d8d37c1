import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  DeleteBucketCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import { createUpload, patterned, sendPart, type Upload } from '../support/s3/multipart.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
after(() => scene.close());
const Bucket = await scene.newBucket();

const abort = ({ client: sender, Key, UploadId, Bucket: bucket }: Upload) =>
  sender.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));

async function usage(): Promise<{ bytes: number; uploads: number } | undefined> {
  const rows = await scene.server.context.catalogue.read((tx) =>
    tx.all<{ bytes: number; uploads: number }>(
      'SELECT u.bytes, u.uploads FROM bucket_usage u JOIN bucket b ON b.id = u.bucket_id WHERE b.name = ?',
      Bucket,
    ),
  );
  return rows[0];
}

test('an aborted upload is gone with its parts and their bytes', async () => {
  const upload = await createUpload(client, Bucket, 'gone');
  await sendPart(upload, 1, patterned(1000, 1));
  await sendPart(upload, 2, patterned(500, 2));
  assert.deepEqual(await usage(), { bytes: 1500, uploads: 1 });
  const answer = await abort(upload);
  assert.equal(answer.$metadata.httpStatusCode, 204);
  assert.deepEqual(await usage(), { bytes: 0, uploads: 0 });
  const { Key, UploadId } = upload;
  assert.equal(await refusalOf(client.send(new ListPartsCommand({ Bucket, Key, UploadId }))), '404 NoSuchUpload');
  assert.equal(await refusalOf(abort(upload)), '404 NoSuchUpload');
  assert.equal((await client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads, undefined);
});

test('only an open upload of this very key can be aborted', async () => {
  const upload = await createUpload(client, Bucket, 'kept');
  assert.equal(await refusalOf(abort({ ...upload, Key: 'other' })), '404 NoSuchUpload');
  assert.equal(await refusalOf(abort({ ...upload, UploadId: 'nonsense' })), '404 NoSuchUpload');
  assert.equal(await refusalOf(abort({ ...upload, Bucket: 'not-there' })), '404 NoSuchBucket');
  assert.equal(await refusalOf(abort({ ...upload, client: as('ann') })), '403 AccessDenied');
  await abort(upload);
});

test('the error names the upload', async () => {
  const answer = await raw({ method: 'DELETE', path: `/${Bucket}/k`, query: 'uploadId=no-such-id' });
  assert.equal(answer.status, 404);
  assert.equal(answer.element('UploadId'), 'no-such-id');
});

test('the new precondition of AWS is not ignored', async () => {
  const upload = await createUpload(client, Bucket, 'conditional');
  const answer = await raw({
    method: 'DELETE',
    path: `/${Bucket}/conditional`,
    query: `uploadId=${upload.UploadId}`,
    amzHeaders: { 'x-amz-if-match-initiated-time': 'Thu, 01 Jan 1970 00:00:00 GMT' },
  });
  assert.equal(answer.status, 501);
  await abort(upload);
});

test('open uploads do not keep a bucket', async () => {
  const bucket = await scene.newBucket();
  const upload = await createUpload(client, bucket, 'open');
  await sendPart(upload, 1, patterned(10, 1));
  await client.send(new DeleteBucketCommand({ Bucket: bucket }));
  assert.equal(await refusalOf(abort(upload)), '404 NoSuchBucket');
});
