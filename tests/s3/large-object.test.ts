import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { CopyObjectCommand, GetObjectCommand, HeadObjectCommand, UploadPartCopyCommand } from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { complete, createUpload, MIB, patterned } from '../support/s3/multipart.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

/* An object larger than one PUT may be, and than 32 bits count, made of copies of one block: they share its bytes. */

const scene = await openObjectScene();
after(() => scene.close());
const { client } = scene;
const Bucket = await scene.newBucket();
const BLOCK = patterned(64 * MIB, 9);
const COPIES = 81;
const SIZE = COPIES * BLOCK.length;
await scene.put(Bucket, 'block', BLOCK, { ChecksumAlgorithm: 'CRC64NVME' });
const upload = await createUpload(client, Bucket, 'large');
const parts = [];
for (let PartNumber = 1; PartNumber <= COPIES; PartNumber++) {
  const { UploadId, Key } = upload;
  const CopySource = `${Bucket}/block`;
  const { CopyPartResult } = await client.send(
    new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber, CopySource }),
  );
  parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
}
await complete(upload, parts);

test('its size and any range of it', async () => {
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'large' }));
  assert.equal(head.ContentLength, SIZE);
  const start = 70 * BLOCK.length - 3;
  for (const [Range, first, last] of [
    [`bytes=${start}-${start + 9}`, start, start + 9],
    ['bytes=-10', SIZE - 10, SIZE - 1],
    [`bytes=${SIZE - 10}-`, SIZE - 10, SIZE - 1],
  ] as const) {
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'large', Range }));
    assert.equal(got.ContentRange, `bytes ${first}-${last}/${SIZE}`);
    const expected = Array.from({ length: 10 }, (_, i) => BLOCK[(first + i) % BLOCK.length]);
    assert.deepEqual([...((await got.Body?.transformToByteArray()) ?? [])], expected);
  }
  const part = await client.send(new HeadObjectCommand({ Bucket, Key: 'large', PartNumber: COPIES }));
  assert.deepEqual([part.ContentLength, part.PartsCount], [BLOCK.length, COPIES]);
});

test('it is too large to be copied at once, and is copied by ranges', async () => {
  const CopySource = `${Bucket}/large`;
  const whole = client.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }));
  assert.equal(await refusalOf(whole), '400 InvalidRequest');
  const { UploadId, Key } = await createUpload(client, Bucket, 'copy');
  const copyPart = (CopySourceRange?: string) =>
    client.send(new UploadPartCopyCommand({ Bucket, Key, UploadId, PartNumber: 1, CopySource, CopySourceRange }));
  assert.equal(await refusalOf(copyPart()), '400 InvalidRequest');
  assert.ok((await copyPart(`bytes=${SIZE - MIB}-${SIZE - 1}`)).CopyPartResult?.ETag);
});
