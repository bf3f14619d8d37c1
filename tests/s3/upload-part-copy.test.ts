import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
  type UploadPartCopyCommandInput,
} from '@aws-sdk/client-s3';
import { crc32c } from '@node-rs/crc32';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import {
  complete,
  createUpload,
  expectedETag,
  MIB,
  md5,
  PART_BYTES,
  patterned,
  read,
  type Upload,
  uploadAll,
} from '../support/s3/multipart.ts';

const scene = await openBucketScene();
const { client, as, raw } = scene;
const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
after(() => scene.close());
const Bucket = await scene.newBucket();
const SOURCE = patterned(9 * MIB + 123, 5);
const SMALL = Buffer.from('a small source');
await client.send(new PutObjectCommand({ Bucket, Key: 'source', Body: SOURCE }));
await client.send(new PutObjectCommand({ Bucket, Key: 'small', Body: SMALL }));

const copy = (upload: Upload, more: Partial<UploadPartCopyCommandInput> = {}) => {
  const { client: sender, Key, UploadId } = upload;
  return sender.send(
    new UploadPartCopyCommand({
      Bucket: upload.Bucket,
      Key,
      UploadId,
      PartNumber: 1,
      CopySource: `${Bucket}/source`,
      ...more,
    }),
  );
};
async function extents(): Promise<number> {
  const { catalogue } = scene.server.context;
  return (await catalogue.read((tx) => tx.all('SELECT id FROM extent'))).length;
}

test('a whole object becomes a part without a byte being written', async () => {
  const upload = await createUpload(plain, Bucket, 'whole');
  const before = await extents();
  const { CopyPartResult } = await copy(upload);
  assert.equal(CopyPartResult?.ETag, `"${md5(SOURCE)}"`);
  assert.ok(CopyPartResult?.LastModified);
  assert.equal(await extents(), before);
  await complete(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
  assert.equal(md5(await read(client, Bucket, 'whole')), md5(SOURCE));
});

test('ranges become parts with their own ETags and checksums', async () => {
  const upload = await createUpload(plain, Bucket, 'ranges', {
    ChecksumAlgorithm: 'CRC32C',
    ChecksumType: 'FULL_OBJECT',
  });
  const before = await extents();
  const cuts = [0, PART_BYTES + 17, SOURCE.length];
  const bodies = [SOURCE.subarray(cuts[0], cuts[1]), SOURCE.subarray(cuts[1], cuts[2])];
  const parts = [];
  for (const [i, body] of bodies.entries()) {
    const CopySourceRange = `bytes=${cuts[i]}-${(cuts[i + 1] ?? 0) - 1}`;
    const { CopyPartResult } = await copy(upload, { PartNumber: i + 1, CopySourceRange });
    assert.equal(CopyPartResult?.ETag, `"${md5(body)}"`);
    assert.equal(Buffer.from(CopyPartResult?.ChecksumCRC32C ?? '', 'base64').readUInt32BE(), crc32c(body));
    parts.push({ PartNumber: i + 1, ETag: CopyPartResult?.ETag });
  }
  assert.equal(await extents(), before);
  const made = await complete(upload, parts);
  assert.equal(made.ETag, expectedETag(bodies));
  assert.equal(Buffer.from(made.ChecksumCRC32C ?? '', 'base64').readUInt32BE(), crc32c(SOURCE));
  assert.equal(md5(await read(client, Bucket, 'ranges')), md5(SOURCE));
});

test('a part of one byte inside a frame, and one object copied into several parts', async () => {
  const upload = await createUpload(plain, Bucket, 'repeated');
  const parts = [];
  for (const PartNumber of [1, 2]) {
    const { CopyPartResult } = await copy(upload, { PartNumber });
    parts.push({ PartNumber, ETag: CopyPartResult?.ETag });
  }
  const { CopyPartResult } = await copy(upload, { PartNumber: 3, CopySourceRange: 'bytes=70000-70000' });
  parts.push({ PartNumber: 3, ETag: CopyPartResult?.ETag });
  await complete(upload, parts);
  const got = await read(client, Bucket, 'repeated');
  assert.equal(md5(got), md5(Buffer.concat([SOURCE, SOURCE, SOURCE.subarray(70000, 70001)])));
});

test('what was copied outlives its source', async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'mortal', Body: SMALL }));
  const upload = await createUpload(plain, Bucket, 'heir');
  const { CopyPartResult } = await copy(upload, { CopySource: `${Bucket}/mortal` });
  await client.send(new PutObjectCommand({ Bucket, Key: 'mortal', Body: 'overwritten' }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'mortal' }));
  await complete(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
  assert.deepEqual(await read(client, Bucket, 'heir'), SMALL);
});

test('parts of a multipart source', async () => {
  const bodies = [patterned(PART_BYTES, 1), patterned(PART_BYTES, 2), patterned(99, 3)];
  await uploadAll(plain, Bucket, 'joined', bodies);
  const upload = await createUpload(plain, Bucket, 'from-joined');
  const whole = Buffer.concat(bodies);
  const { CopyPartResult } = await copy(upload, { CopySource: `${Bucket}/joined` });
  assert.equal(CopyPartResult?.ETag, `"${md5(whole)}"`);
  await complete(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
  assert.equal(md5(await read(client, Bucket, 'from-joined')), md5(whole));
});

describe('where bytes must be written anew', () => {
  const cases = [
    ['into an encrypted upload', 'source', { ServerSideEncryption: 'AES256' }],
    ['into another tier', 'source', { StorageClass: 'GLACIER_IR' }],
    ['from an encrypted source', 'sealed', {}],
    ['from one key to another', 'sealed', { ServerSideEncryption: 'AES256' }],
  ] as const;
  for (const [name, key, more] of cases) {
    test(name, async () => {
      await client.send(new PutObjectCommand({ Bucket, Key: 'sealed', Body: SOURCE, ServerSideEncryption: 'AES256' }));
      const upload = await createUpload(plain, Bucket, 'anew', more);
      const before = await extents();
      const { CopyPartResult, ServerSideEncryption } = await copy(upload, {
        CopySource: `${Bucket}/${key}`,
        CopySourceRange: `bytes=100-${SOURCE.length - 100}`,
      });
      const wanted = SOURCE.subarray(100, SOURCE.length - 99);
      assert.equal(CopyPartResult?.ETag, `"${md5(wanted)}"`);
      assert.equal(ServerSideEncryption, 'ServerSideEncryption' in more ? 'AES256' : undefined);
      assert.ok((await extents()) > before);
      await complete(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
      assert.equal(md5(await read(client, Bucket, 'anew')), md5(wanted));
    });
  }
});

describe('ranges', () => {
  const refused = [
    '0-10',
    'byte=0-10',
    'bytes=0',
    'bytes=5-',
    'bytes=-5',
    'bytes=10-5',
    'bytes=a-b',
    'bytes=0-2,3-5',
    `bytes=0-${SMALL.length}`,
    'bytes=100-200',
  ];
  for (const CopySourceRange of refused) {
    test(`${CopySourceRange} is refused`, async () => {
      const upload = await createUpload(plain, Bucket, 'ranged');
      const call = copy(upload, { CopySource: `${Bucket}/small`, CopySourceRange });
      assert.equal(await refusalOf(call), '400 InvalidArgument');
    });
  }
});

describe('sources', () => {
  const cases: [string, string, string][] = [
    ['a bucket that is not there', 'not-there/key', '404 NoSuchBucket'],
    ['a key that is not there', `${Bucket}/absent`, '404 NoSuchKey'],
    ['no key', `${Bucket}/`, '400 InvalidArgument'],
    ['no slash', Bucket, '400 InvalidArgument'],
    ['a broken escape', `${Bucket}/%ZZ`, '400 InvalidArgument'],
    ['a path that climbs', `${Bucket}/../${Bucket}/source`, '404 NoSuchKey'],
    ['another bucket by climbing', `${Bucket}/..%2F..%2Fsource`, '404 NoSuchKey'],
    ['a version that is not there', `${Bucket}/source?versionId=${'x'.repeat(32)}`, '404 NoSuchVersion'],
  ];
  for (const [name, CopySource, expected] of cases) {
    test(`${name}: ${expected}`, async () => {
      const upload = await createUpload(plain, Bucket, 'sources');
      assert.equal(await refusalOf(copy(upload, { CopySource })), expected);
    });
  }

  test('must be readable by who copies', async () => {
    const ofAnn = await scene.newBucket('ann');
    const upload = await createUpload(as('ann'), ofAnn, 'target');
    const before = await refusalOf(copy(upload));
    assert.equal(before, '403 AccessDenied');
    const answer = await raw({
      method: 'PUT',
      path: `/${Bucket}/sources`,
      query: 'partNumber=1&uploadId=x',
      amzHeaders: {
        'x-amz-copy-source': `${Bucket}/source`,
        'x-amz-source-expected-bucket-owner': '000000000000',
      },
    });
    assert.equal(answer.status, 403);
  });

  test('a version by its id, and its id in the answer', async () => {
    const versioned = await scene.newBucket();
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }));
    const old = await client.send(new PutObjectCommand({ Bucket: versioned, Key: 'k', Body: 'old' }));
    await client.send(new PutObjectCommand({ Bucket: versioned, Key: 'k', Body: 'new' }));
    const upload = await createUpload(plain, Bucket, 'versions');
    const answer = await copy(upload, { CopySource: `${versioned}/k?versionId=${old.VersionId}` });
    assert.equal(answer.CopySourceVersionId, old.VersionId);
    assert.equal(answer.CopyPartResult?.ETag, `"${md5(Buffer.from('old'))}"`);
  });

  test('conditions on the source answer 412', async () => {
    const upload = await createUpload(plain, Bucket, 'conditions');
    const etag = `"${md5(SOURCE)}"`;
    const past = new Date(0);
    const { LastModified } = await plain.send(new HeadObjectCommand({ Bucket, Key: 'source' }));
    const failing: Partial<UploadPartCopyCommandInput>[] = [
      { CopySourceIfMatch: '"x"' },
      { CopySourceIfNoneMatch: etag },
      { CopySourceIfUnmodifiedSince: past },
      { CopySourceIfModifiedSince: LastModified },
    ];
    for (const more of failing) assert.equal(await refusalOf(copy(upload, more)), '412 PreconditionFailed');
    await copy(upload, { CopySourceIfMatch: etag, CopySourceIfUnmodifiedSince: past });
    await copy(upload, { CopySourceIfNoneMatch: '"x"' });
  });
});

test('an upload that is not open, or a number that is none', async () => {
  const upload = await createUpload(plain, Bucket, 'numbers');
  assert.equal(await refusalOf(copy(upload, { PartNumber: 0 })), '400 InvalidArgument');
  assert.equal(await refusalOf(copy({ ...upload, UploadId: 'x' })), '404 NoSuchUpload');
  assert.equal(await refusalOf(copy({ ...upload, Key: 'other' })), '404 NoSuchUpload');
});

test('an empty source is an empty part; a copied object is a source like others', async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'nothing', Body: '' }));
  await client.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource: `${Bucket}/small` }));
  const upload = await createUpload(plain, Bucket, 'empty');
  const { CopyPartResult } = await copy(upload, { CopySource: `${Bucket}/nothing` });
  assert.equal(CopyPartResult?.ETag, `"${md5(Buffer.alloc(0))}"`);
  const second = await copy(upload, { PartNumber: 1, CopySource: `${Bucket}/copied` });
  const { Key, UploadId } = upload;
  const { Parts } = await client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
  assert.equal(Parts?.[0]?.Size, SMALL.length);
  await complete(upload, [{ PartNumber: 1, ETag: second.CopyPartResult?.ETag }]);
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  assert.equal(head.ContentLength, SMALL.length);
});
