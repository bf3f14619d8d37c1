import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { ListPartsCommand, type ListPartsCommandInput } from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import { createUpload, md5, sendPart } from '../support/s3/multipart.ts';

const scene = await openBucketScene();
const { client, as, raw } = scene;
const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
after(() => scene.close());
const Bucket = await scene.newBucket();

const NUMBERS = [1, 2, 3, 5, 8, 13, 21, 10_000];
const upload = await createUpload(plain, Bucket, 'listed', { StorageClass: 'STANDARD_IA' });
for (const number of NUMBERS.toReversed()) await sendPart(upload, number, Buffer.from(`part ${number}`));
const { Key, UploadId } = upload;

const list = (more: Partial<ListPartsCommandInput> = {}) =>
  client.send(new ListPartsCommand({ Bucket, Key, UploadId, ...more }));

test('shows the parts by number, with what was stored of each', async () => {
  const answer = await list();
  assert.deepEqual(
    answer.Parts?.map((part) => [part.PartNumber, part.Size, part.ETag]),
    NUMBERS.map((number) => {
      const body = Buffer.from(`part ${number}`);
      return [number, body.length, `"${md5(body)}"`];
    }),
  );
  assert.ok(answer.Parts?.[0]?.LastModified instanceof Date);
  assert.equal(answer.Bucket, Bucket);
  assert.equal(answer.Key, Key);
  assert.equal(answer.UploadId, UploadId);
  assert.equal(answer.StorageClass, 'STANDARD_IA');
  assert.equal(answer.IsTruncated, false);
  assert.equal(answer.MaxParts, 1000);
  assert.equal(answer.NextPartNumberMarker, undefined);
  assert.match(answer.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
  assert.equal(answer.Initiator?.ID, answer.Owner?.ID);
  assert.equal(answer.ChecksumAlgorithm, undefined, 'the client chose no checksum');
  assert.equal(answer.Parts?.[0]?.ChecksumCRC64NVME, undefined);
});

test('shows checksums where the client chose an algorithm', async () => {
  const summed = await createUpload(plain, Bucket, 'summed', { ChecksumAlgorithm: 'SHA256' });
  const part = await sendPart(summed, 1, Buffer.from('x'), 'SHA256');
  const answer = await list({ Key: 'summed', UploadId: summed.UploadId });
  assert.equal(answer.ChecksumAlgorithm, 'SHA256');
  assert.equal(answer.ChecksumType, 'COMPOSITE');
  assert.equal(answer.Parts?.[0]?.ChecksumSHA256, part.ChecksumSHA256);
});

describe('pages', () => {
  for (const MaxParts of [1, 3, 7, 8, 9]) {
    test(`of ${MaxParts} show each part once`, async () => {
      const seen: (number | undefined)[] = [];
      let marker: string | undefined;
      for (;;) {
        const page = await list({ MaxParts, ...(marker !== undefined && { PartNumberMarker: marker }) });
        assert.equal(page.MaxParts, MaxParts);
        assert.ok((page.Parts?.length ?? 0) <= MaxParts);
        seen.push(...(page.Parts ?? []).map((part) => part.PartNumber));
        if (page.IsTruncated !== true) break;
        marker = page.NextPartNumberMarker;
        assert.equal(marker, String(seen.at(-1)));
      }
      assert.deepEqual(seen, NUMBERS);
    });
  }

  test('of none', async () => {
    const page = await list({ MaxParts: 0 });
    assert.equal(page.Parts, undefined);
    assert.equal(page.IsTruncated, false);
  });

  test('larger than 1,000 are cut to it', async () => {
    assert.equal((await list({ MaxParts: 5000 })).MaxParts, 1000);
  });

  const refused = ['max-parts=-1', 'max-parts=many', 'max-parts=2147483648', 'part-number-marker=x'];
  for (const parameter of refused) {
    test(`${parameter} is refused`, async () => {
      const answer = await raw({
        method: 'GET',
        path: `/${Bucket}/${Key}`,
        query: `${parameter}&uploadId=${UploadId}`,
      });
      assert.equal(answer.status, 400);
      assert.equal(answer.element('Code'), 'InvalidArgument');
      assert.equal(answer.element('ArgumentName'), parameter.split('=')[0]);
    });
  }
});

test('names a user of a tenant by its ARN as initiator', async () => {
  const ofAnn = await scene.newBucket('ann');
  const hers = await createUpload(as('ann'), ofAnn, 'k');
  const answer = await as('ann').send(new ListPartsCommand({ Bucket: ofAnn, Key: 'k', UploadId: hers.UploadId }));
  assert.match(answer.Initiator?.ID ?? '', /^arn:aws:iam::\d{12}:user\/ann$/);
  assert.match(answer.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
});

test('is for those who may read the bucket, of uploads that are open', async () => {
  assert.equal(await refusalOf(as('bob').send(new ListPartsCommand({ Bucket, Key, UploadId }))), '403 AccessDenied');
  assert.equal(await refusalOf(list({ UploadId: 'x' })), '404 NoSuchUpload');
  assert.equal(await refusalOf(list({ Key: 'other' })), '404 NoSuchUpload');
  assert.equal(await refusalOf(list({ Bucket: 'not-there' })), '404 NoSuchBucket');
});
