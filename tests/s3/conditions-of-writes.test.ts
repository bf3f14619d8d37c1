import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { UploadPartCommand } from '@aws-sdk/client-s3';
import { createUpload } from '../support/s3/multipart.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

/* Conditions of HTTP that S3 does not know on a write: none is passed over. */

const scene = await openObjectScene();
after(() => scene.close());
const bucket = await scene.newBucket();
await scene.put(bucket, 'a', 'stands');
const upload = await createUpload(scene.client, bucket, 'a');
const { UploadId } = upload;
const part = await scene.client.send(
  new UploadPartCommand({ Bucket: bucket, Key: 'a', UploadId, PartNumber: 1, Body: Buffer.from('part') }),
);
const LIST = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${part.ETag}</ETag></Part></CompleteMultipartUpload>`;

const path = `/${bucket}/a`;
const WRITES = {
  PutObject: { method: 'PUT', path, body: Buffer.from('changed') },
  CopyObject: { method: 'PUT', path, amzHeaders: { 'x-amz-copy-source': path, 'x-amz-metadata-directive': 'REPLACE' } },
  CompleteMultipartUpload: { method: 'POST', path, query: `uploadId=${UploadId}`, body: Buffer.from(LIST) },
  DeleteObject: { method: 'DELETE', path },
} as const;
const PAST = 'Sun, 06 Nov 1994 08:49:37 GMT';
const CASES: readonly (readonly [write: keyof typeof WRITES, header: string, value: string])[] = [
  ['PutObject', 'If-Unmodified-Since', PAST],
  ['PutObject', 'If-Modified-Since', PAST],
  ['PutObject', 'If-Match', '*'],
  ['PutObject', 'If-None-Match', '"tag"'],
  ['CopyObject', 'If-Unmodified-Since', PAST],
  ['CopyObject', 'If-Modified-Since', PAST],
  ['CompleteMultipartUpload', 'If-Unmodified-Since', PAST],
  ['CompleteMultipartUpload', 'If-Modified-Since', PAST],
  ['DeleteObject', 'If-None-Match', '*'],
  ['DeleteObject', 'If-Unmodified-Since', PAST],
  ['DeleteObject', 'If-Modified-Since', PAST],
];

for (const [write, header, value] of CASES) {
  test(`${write} with ${header}: ${value}`, async () => {
    const before = await scene.get(bucket, 'a');
    const answer = await scene.wire({ ...WRITES[write], headers: { [header]: value } });
    assert.equal(answer.status, 501);
    assert.match(answer.body.toString(), new RegExp(`<Code>NotImplemented</Code>.*<Header>${header}</Header>`, 'i'));
    const now = await scene.get(bucket, 'a');
    assert.deepEqual([now.text, now.answer.LastModified], [before.text, before.answer.LastModified]);
  });
}
