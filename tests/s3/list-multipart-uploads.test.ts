import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import { complete, createUpload, sendPart } from '../support/s3/multipart.ts';

const scene = await openBucketScene();
const { client, as, raw } = scene;
const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
after(() => scene.close());
const Bucket = await scene.newBucket();
const KEYS = ['a', 'a', 'a', 'a/1', 'a/2/x', 'b', 'b//c', 'ü/ü', 'with space+plus', '\u{1F600}'];
const uploads: { Key: string; UploadId: string }[] = [];
for (const Key of KEYS) uploads.push(await createUpload(plain, Bucket, Key));

const list = (more: Partial<ListMultipartUploadsCommandInput> = {}) =>
  client.send(new ListMultipartUploadsCommand({ Bucket, ...more }));
const keysOf = (shown: readonly MultipartUpload[] | undefined) => (shown ?? []).map((upload) => upload.Key);
const IN_ORDER = ['a', 'a', 'a', 'a/1', 'a/2/x', 'b', 'b//c', 'with space+plus', 'ü/ü', '\u{1F600}'];

test('shows open uploads by key, those of one key by time', async () => {
  const answer = await list();
  assert.deepEqual(keysOf(answer.Uploads), IN_ORDER);
  assert.deepEqual(
    answer.Uploads?.slice(0, 3).map((upload) => upload.UploadId),
    uploads.slice(0, 3).map((upload) => upload.UploadId),
  );
  const first = answer.Uploads?.[0];
  assert.ok(first?.Initiated instanceof Date);
  assert.equal(first.StorageClass, 'STANDARD');
  assert.match(first.Owner?.ID ?? '', /^[0-9a-f]{64}$/);
  assert.equal(first.Initiator?.ID, first.Owner?.ID);
  assert.equal(answer.IsTruncated, false);
  assert.equal(answer.MaxUploads, 1000);
});

test('completed ones are not shown', async () => {
  const bucket = await scene.newBucket();
  const upload = await createUpload(plain, bucket, 'done', { ChecksumAlgorithm: 'CRC32' });
  const shown = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  assert.equal(shown.Uploads?.[0]?.ChecksumAlgorithm, 'CRC32');
  assert.equal(shown.Uploads?.[0]?.ChecksumType, 'COMPOSITE');
  await complete(upload, [await sendPart(upload, 1, Buffer.from('x'), 'CRC32')]);
  assert.equal((await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads, undefined);
});

test('prefix and delimiter', async () => {
  const grouped = await list({ Delimiter: '/' });
  assert.deepEqual(keysOf(grouped.Uploads), ['a', 'a', 'a', 'b', 'with space+plus', '\u{1F600}']);
  assert.deepEqual(
    grouped.CommonPrefixes?.map((prefix) => prefix.Prefix),
    ['a/', 'b/', 'ü/'],
  );
  const inside = await list({ Prefix: 'a/', Delimiter: '/' });
  assert.deepEqual(keysOf(inside.Uploads), ['a/1']);
  assert.deepEqual(inside.CommonPrefixes, [{ Prefix: 'a/2/' }]);
  assert.deepEqual(keysOf((await list({ Prefix: 'b' })).Uploads), ['b', 'b//c']);
  assert.equal((await list({ Prefix: 'zz' })).Uploads, undefined);
});

describe('pages', () => {
  for (const MaxUploads of [1, 2, 3, 4, 9, 10, 11]) {
    for (const Delimiter of [undefined, '/']) {
      test(`of ${MaxUploads}${Delimiter === undefined ? '' : ' with a delimiter'} show everything once`, async () => {
        const seen: string[] = [];
        let markers: Partial<ListMultipartUploadsCommandInput> = {};
        for (;;) {
          const page = await list({ MaxUploads, ...(Delimiter !== undefined && { Delimiter }), ...markers });
          const shown = [
            ...(page.Uploads ?? []).map((upload) => `${upload.Key} ${upload.UploadId}`),
            ...(page.CommonPrefixes ?? []).map((prefix) => `${prefix.Prefix}`),
          ];
          assert.ok(shown.length <= MaxUploads);
          seen.push(...shown);
          if (page.IsTruncated !== true) break;
          markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
        }
        assert.equal(new Set(seen).size, seen.length);
        assert.equal(seen.length, Delimiter === undefined ? KEYS.length : 9);
      });
    }
  }

  test('a key marker alone goes on behind the key, with an id inside it', async () => {
    assert.deepEqual(keysOf((await list({ KeyMarker: 'a' })).Uploads), IN_ORDER.slice(3));
    const inside = await list({ KeyMarker: 'a', UploadIdMarker: uploads[0]?.UploadId });
    assert.deepEqual(
      inside.Uploads?.slice(0, 2).map((upload) => upload.UploadId),
      uploads.slice(1, 3).map((upload) => upload.UploadId),
    );
    assert.deepEqual(keysOf((await list({ UploadIdMarker: uploads[0]?.UploadId })).Uploads), IN_ORDER);
  });

  test('of none', async () => {
    const page = await list({ MaxUploads: 0 });
    assert.equal(page.Uploads, undefined);
    assert.equal(page.IsTruncated, false);
  });
});

test('encoding-type=url encodes keys, prefixes, markers and delimiter', async () => {
  const query = 'delimiter=%2B&encoding-type=url&key-marker=b&prefix=&uploads=';
  const answer = await raw({ method: 'GET', path: `/${Bucket}`, query });
  assert.equal(answer.status, 200);
  assert.equal(answer.element('EncodingType'), 'url');
  assert.equal(answer.element('Delimiter'), '%2B');
  assert.match(answer.xml, /<CommonPrefixes><Prefix>with%20space%2B<\/Prefix><\/CommonPrefixes>/);
  assert.match(answer.xml, /<Key>%C3%BC\/%C3%BC<\/Key>/);
  assert.match(answer.xml, /<Key>%F0%9F%98%80<\/Key>/);
  const decoded = await list({ EncodingType: 'url', Prefix: 'with' });
  assert.equal(decoded.EncodingType, 'url');
});

describe('refused', () => {
  const cases = ['max-uploads=-1', 'max-uploads=x', 'encoding-type=base64'];
  for (const parameter of cases) {
    test(parameter, async () => {
      const answer = await raw({ method: 'GET', path: `/${Bucket}`, query: `${parameter}&uploads=` });
      assert.equal(answer.status, 400);
      assert.equal(answer.element('Code'), 'InvalidArgument');
    });
  }

  test('without the right, or a bucket', async () => {
    assert.equal(await refusalOf(as('ann').send(new ListMultipartUploadsCommand({ Bucket }))), '403 AccessDenied');
    assert.equal(await refusalOf(list({ Bucket: 'not-there' })), '404 NoSuchBucket');
  });
});
