import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CopyObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
  type UploadPartCopyCommandInput,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { openBucketScene } from '../support/s3/bucket-scene.ts';
import {
  complete,
  createUpload,
  expectedETag,
  md5,
  PART_BYTES,
  patterned,
  read,
  sendPart,
  uploadAll,
} from '../support/s3/multipart.ts';

const scene = await openBucketScene();
const { client } = scene;
after(() => scene.close());
const Bucket = await scene.newBucket();

test('a presigned copy copies: its source stands in the query, where SDKs put it', async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'the source' }));
  await client.send(new PutObjectCommand({ Bucket, Key: 'target', Body: 'what stood there' }));
  const command = new CopyObjectCommand({ Bucket, Key: 'target', CopySource: `${Bucket}/source` });
  const answer = await fetch(await getSignedUrl(client, command), { method: 'PUT' });
  assert.equal(answer.status, 200, await answer.text());
  assert.equal((await read(client, Bucket, 'target')).toString(), 'the source');
});

test('a presigned part copy copies', async () => {
  const source = patterned(PART_BYTES, 3);
  await client.send(new PutObjectCommand({ Bucket, Key: 'large', Body: source }));
  const upload = await createUpload(client, Bucket, 'parts');
  const input: UploadPartCopyCommandInput = {
    Bucket,
    Key: 'parts',
    UploadId: upload.UploadId,
    PartNumber: 1,
    CopySource: `${Bucket}/large`,
  };
  const answer = await fetch(await getSignedUrl(client, new UploadPartCopyCommand(input)), { method: 'PUT' });
  assert.equal(answer.status, 200);
  const [, ETag = ''] = /<ETag>(?:&quot;|")?([^&"<]*)/.exec(await answer.text()) ?? [];
  assert.equal(ETag, md5(source));
});

test('a copy of a multipart object as a part has the MD5 of its bytes, so the ETag of the whole covers every part', async () => {
  const [first, second] = [patterned(PART_BYTES, 1), patterned(PART_BYTES, 2)];
  await uploadAll(client, Bucket, 'multipart', [first]);
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/multipart` }));
  const upload = await createUpload(client, Bucket, 'whole');
  const part = { Bucket, Key: 'whole', UploadId: upload.UploadId, PartNumber: 1, CopySource: `${Bucket}/copied` };
  const { CopyPartResult } = await client.send(new UploadPartCopyCommand(part));
  assert.equal(CopyPartResult?.ETag, `"${md5(first)}"`);
  const last = await sendPart(upload, 2, second);
  await complete(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }, last]);
  const { ETag } = await client.send(new HeadObjectCommand({ Bucket, Key: 'whole' }));
  assert.equal(ETag, expectedETag([first, second]));
});
