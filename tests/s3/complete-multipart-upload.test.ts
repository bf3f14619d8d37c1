import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, describe, test } from 'node:test';
import {
  DeleteObjectCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { crc32, crc32c } from '@node-rs/crc32';
import { createCRC64 } from 'hash-wasm';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
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
const { client, raw } = scene;
/** As a client that sends no checksum unless told. */
const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
after(() => scene.close());
const Bucket = await scene.newBucket();

const FIRST = patterned(PART_BYTES, 1);
const SECOND = patterned(PART_BYTES + 77, 2);
const LAST = patterned(1234, 3);
const WHOLE = Buffer.concat([FIRST, SECOND, LAST]);
const crc64 = await createCRC64('9a6c9329ac4bc9b5');

function base64Crc(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes.toString('base64');
}

function crc64nvme(bytes: Uint8Array): string {
  return Buffer.from(crc64.init().update(bytes).digest('hex'), 'hex').toString('base64');
}

test('the parts make the object, in order', async () => {
  const made = await uploadAll(client, Bucket, 'plain', [FIRST, SECOND, LAST]);
  assert.equal(made.ETag, expectedETag([FIRST, SECOND, LAST]));
  assert.equal(made.Bucket, Bucket);
  assert.equal(made.Key, 'plain');
  assert.equal(made.Location, `${scene.server.endpoint}/${Bucket}/plain`);
  const got = await read(client, Bucket, 'plain');
  assert.equal(md5(got), md5(WHOLE));
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'plain', PartNumber: 2 }));
  assert.equal(head.PartsCount, 3);
  assert.equal(head.ContentLength, SECOND.length);
  const part = await client.send(new GetObjectCommand({ Bucket, Key: 'plain', PartNumber: 2 }));
  assert.equal(md5(Buffer.from((await part.Body?.transformToByteArray()) ?? [])), md5(SECOND));
  const range = await client.send(
    new GetObjectCommand({ Bucket, Key: 'plain', Range: `bytes=${PART_BYTES - 10}-${PART_BYTES + 9}` }),
  );
  assert.deepEqual(
    Buffer.from((await range.Body?.transformToByteArray()) ?? []),
    WHOLE.subarray(PART_BYTES - 10, PART_BYTES + 10),
  );
});

describe('checksums', () => {
  test('a client that chose none gets CRC64NVME over the whole object', async () => {
    const made = await uploadAll(plain, Bucket, 'default', [FIRST, LAST]);
    const expected = crc64nvme(Buffer.concat([FIRST, LAST]));
    assert.equal(made.ChecksumCRC64NVME, expected);
    assert.equal(made.ChecksumType, 'FULL_OBJECT');
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'default', ChecksumMode: 'ENABLED' }));
    assert.equal(head.ChecksumCRC64NVME, expected);
    assert.equal(head.ChecksumType, 'FULL_OBJECT');
  });

  test('full-object CRCs are combined from the parts', async () => {
    const whole = Buffer.concat([FIRST, LAST]);
    const full = { type: 'FULL_OBJECT' } as const;
    const a = await uploadAll(client, Bucket, 'full-crc32', [FIRST, LAST], { algorithm: 'CRC32', ...full });
    assert.equal(a.ChecksumCRC32, base64Crc(crc32(whole)));
    assert.equal(a.ChecksumType, 'FULL_OBJECT');
    const b = await uploadAll(client, Bucket, 'full-crc32c', [FIRST, LAST], { algorithm: 'CRC32C', ...full });
    assert.equal(b.ChecksumCRC32C, base64Crc(crc32c(whole)));
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'full-crc32c', ChecksumMode: 'ENABLED' }));
    assert.equal(head.ChecksumCRC32C, b.ChecksumCRC32C);
  });

  test('composite ones are of the parts’ checksums, with their number', async () => {
    const sha = (data: Uint8Array) => createHash('sha256').update(data).digest();
    const made = await uploadAll(client, Bucket, 'sha256', [FIRST, LAST], { algorithm: 'SHA256' });
    const expected = `${sha(Buffer.concat([sha(FIRST), sha(LAST)])).toString('base64')}-2`;
    assert.equal(made.ChecksumSHA256, expected);
    assert.equal(made.ChecksumType, 'COMPOSITE');
    const crc = await uploadAll(client, Bucket, 'crc32', [FIRST, LAST], { algorithm: 'CRC32' });
    const joined = Buffer.concat([FIRST, LAST].map((part) => Buffer.from(base64Crc(crc32(part)), 'base64')));
    assert.equal(crc.ChecksumCRC32, `${base64Crc(crc32(joined))}-2`);
    const sha1 = await uploadAll(client, Bucket, 'sha1', [LAST], { algorithm: 'SHA1' });
    const inner = createHash('sha1').update(LAST).digest();
    assert.equal(sha1.ChecksumSHA1, `${createHash('sha1').update(inner).digest('base64')}-1`);
  });

  test('what the client says of the object is held against it', async () => {
    const upload = await createUpload(client, Bucket, 'claims', {
      ChecksumAlgorithm: 'CRC32',
      ChecksumType: 'FULL_OBJECT',
    });
    const parts = [await sendPart(upload, 1, LAST, 'CRC32')];
    const right = base64Crc(crc32(LAST));
    assert.equal(await refusalOf(complete(upload, parts, { ChecksumCRC32: 'AAAAAA==' })), '400 BadDigest');
    assert.equal(await refusalOf(complete(upload, parts, { ChecksumCRC32: 'no' })), '400 InvalidRequest');
    assert.equal(await refusalOf(complete(upload, parts, { ChecksumType: 'COMPOSITE' })), '400 BadDigest');
    assert.equal(
      await refusalOf(complete(upload, parts, { ChecksumSHA256: createHash('sha256').digest('base64') })),
      '400 BadDigest',
    );
    assert.equal(await refusalOf(complete(upload, parts, { MpuObjectSize: 1 })), '400 InvalidRequest');
    const made = await complete(upload, parts, {
      ChecksumCRC32: right,
      ChecksumType: 'FULL_OBJECT',
      MpuObjectSize: LAST.length,
    });
    assert.equal(made.ChecksumCRC32, right);
  });

  test('a composite upload needs each part’s checksum in the list, and the right one', async () => {
    const upload = await createUpload(client, Bucket, 'listed', { ChecksumAlgorithm: 'SHA256' });
    const part = await sendPart(upload, 1, LAST, 'SHA256');
    const { PartNumber, ETag } = part;
    const missing = await complete(upload, [{ PartNumber, ETag }]).catch((error: unknown) => error);
    assert.ok(missing instanceof S3ServiceException);
    assert.equal(missing.name, 'InvalidRequest');
    assert.match(missing.message, /created using a sha256 checksum.*missing for part 1/);
    const wrong = { PartNumber, ETag, ChecksumSHA256: createHash('sha256').digest('base64') };
    assert.equal(await refusalOf(complete(upload, [wrong])), '400 InvalidPart');
    const other = { PartNumber, ETag, ChecksumCRC32: base64Crc(crc32(LAST)) };
    assert.equal(await refusalOf(complete(upload, [other])), '400 BadDigest');
    await complete(upload, [part]);
  });

  test('GetObject shows the checksum of the whole, and the SDK verifies it', async () => {
    await uploadAll(client, Bucket, 'verified', [FIRST, LAST], { algorithm: 'CRC32C', type: 'FULL_OBJECT' });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: 'verified', ChecksumMode: 'ENABLED' }));
    const bytes = Buffer.from((await got.Body?.transformToByteArray()) ?? []);
    assert.equal(got.ChecksumCRC32C, base64Crc(crc32c(bytes)));
  });
});

describe('the list of parts', () => {
  test('must ascend', async () => {
    const upload = await createUpload(client, Bucket, 'order');
    const parts = [await sendPart(upload, 1, FIRST), await sendPart(upload, 2, LAST)];
    assert.equal(await refusalOf(complete(upload, parts.toReversed())), '400 InvalidPartOrder');
  });

  test('names parts that were uploaded, with their ETags', async () => {
    const upload = await createUpload(plain, Bucket, 'missing');
    const part = await sendPart(upload, 1, LAST);
    const failed = await complete(upload, [part, { PartNumber: 2, ETag: part.ETag }]).catch((error: unknown) => error);
    assert.ok(failed instanceof S3ServiceException);
    assert.equal(failed.name, 'InvalidPart');
    assert.equal(
      await refusalOf(complete(upload, [{ ...part, ETag: '"00000000000000000000000000000000"' }])),
      '400 InvalidPart',
    );
    const unquoted = await complete(upload, [{ PartNumber: 1, ETag: part.ETag.replaceAll('"', '') }]);
    assert.equal(unquoted.ETag, expectedETag([LAST]));
  });

  test('may leave parts out, which are then gone', async () => {
    const upload = await createUpload(plain, Bucket, 'left-out');
    const parts = [
      await sendPart(upload, 3, FIRST),
      await sendPart(upload, 5, patterned(99, 9)),
      await sendPart(upload, 7, LAST),
    ];
    const made = await complete(
      upload,
      parts.filter((part) => part.PartNumber !== 5),
    );
    assert.equal(made.ETag, expectedETag([FIRST, LAST]));
    assert.equal(md5(await read(client, Bucket, 'left-out')), md5(Buffer.concat([FIRST, LAST])));
  });

  test('a part under 5 MiB that is not the last is told with its facts', async () => {
    const upload = await createUpload(plain, Bucket, 'small');
    const parts = [await sendPart(upload, 1, LAST), await sendPart(upload, 2, LAST)];
    const xml = parts
      .map((part) => `<Part><PartNumber>${part.PartNumber}</PartNumber><ETag>${part.ETag}</ETag></Part>`)
      .join('');
    const answer = await raw({
      method: 'POST',
      path: `/${Bucket}/small`,
      query: `uploadId=${upload.UploadId}`,
      xml: `<CompleteMultipartUpload>${xml}</CompleteMultipartUpload>`,
      withoutChecksum: true,
    });
    assert.equal(answer.status, 400);
    assert.equal(answer.element('Code'), 'EntityTooSmall');
    assert.equal(answer.element('ProposedSize'), '1234');
    assert.equal(answer.element('MinSizeAllowed'), '5242880');
    assert.equal(answer.element('PartNumber'), '1');
  });

  const bodies: [string, string, string][] = [
    ['no parts', '<CompleteMultipartUpload/>', 'MalformedXML'],
    ['another document', '<Tagging><TagSet/></Tagging>', 'MalformedXML'],
    ['not XML', 'parts, please', 'MalformedXML'],
    [
      'an entity',
      '<!DOCTYPE a [<!ENTITY b "c">]><CompleteMultipartUpload>&b;</CompleteMultipartUpload>',
      'MalformedXML',
    ],
    [
      'a part without ETag',
      '<CompleteMultipartUpload><Part><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>',
      'MalformedXML',
    ],
    [
      'a part without number',
      '<CompleteMultipartUpload><Part><ETag>x</ETag></Part></CompleteMultipartUpload>',
      'MalformedXML',
    ],
    [
      'part 0',
      '<CompleteMultipartUpload><Part><PartNumber>0</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>',
      'InvalidArgument',
    ],
    [
      'a part that is not there',
      '<CompleteMultipartUpload><Part><PartNumber>10001</PartNumber><ETag>x</ETag></Part></CompleteMultipartUpload>',
      'InvalidPart',
    ],
    [
      'more than 10,000 parts',
      `<CompleteMultipartUpload>${'<Part><PartNumber>1</PartNumber><ETag>x</ETag></Part>'.repeat(10_001)}</CompleteMultipartUpload>`,
      'MalformedXML',
    ],
  ];
  for (const [name, xml, code] of bodies) {
    test(`${name}: ${code}`, async () => {
      const upload = await createUpload(plain, Bucket, 'broken');
      const request = { method: 'POST', path: `/${Bucket}/broken`, query: `uploadId=${upload.UploadId}`, xml };
      const answer = await raw({ ...request, withoutChecksum: true });
      assert.equal(answer.status, 400);
      assert.equal(answer.element('Code'), code);
    });
  }

  test('a namespace, a prefix and a byte order mark are no matter', async () => {
    const upload = await createUpload(plain, Bucket, 'prefixed');
    const { ETag } = await sendPart(upload, 1, LAST);
    const inner = `<s:Part><s:PartNumber> 1 </s:PartNumber><s:ETag>${ETag.replaceAll('"', '&quot;')}</s:ETag></s:Part>`;
    const xml = `\uFEFF<s:CompleteMultipartUpload xmlns:s="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</s:CompleteMultipartUpload>`;
    const request = { method: 'POST', path: `/${Bucket}/prefixed`, query: `uploadId=${upload.UploadId}`, xml };
    assert.equal((await raw({ ...request, withoutChecksum: true })).status, 200);
  });
});

describe('again and against others', () => {
  test('a retry gets the same answer, another list does not', async () => {
    const upload = await createUpload(plain, Bucket, 'retry');
    const part = await sendPart(upload, 1, LAST);
    const first = await complete(upload, [part], { IfNoneMatch: '*' });
    const again = await complete(upload, [part], { IfNoneMatch: '*' });
    assert.equal(again.ETag, first.ETag);
    assert.equal(again.ChecksumCRC64NVME, first.ChecksumCRC64NVME);
    assert.equal(await refusalOf(complete(upload, [{ ...part, ETag: '"0"' }])), '404 NoSuchUpload');
    const { Key, UploadId } = upload;
    assert.equal(await refusalOf(client.send(new ListPartsCommand({ Bucket, Key, UploadId }))), '404 NoSuchUpload');
  });

  test('of many at once all are the same one', async () => {
    const versioned = await scene.newBucket();
    const VersioningConfiguration = { Status: 'Enabled' } as const;
    await client.send(new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }));
    const upload = await createUpload(plain, versioned, 'many');
    const part = await sendPart(upload, 1, LAST);
    const answers = await Promise.all(Array.from({ length: 5 }, () => complete(upload, [part])));
    assert.equal(new Set(answers.map((answer) => answer.VersionId)).size, 1);
    const { Versions } = await client.send(new ListObjectVersionsCommand({ Bucket: versioned }));
    assert.deepEqual(
      Versions?.map((version) => version.VersionId),
      [answers[0]?.VersionId],
    );
  });

  test('an upload id is good for its own bucket and key only', async () => {
    const other = await scene.newBucket();
    const upload = await createUpload(plain, Bucket, 'mine');
    const part = await sendPart(upload, 1, LAST);
    assert.equal(await refusalOf(complete({ ...upload, Key: 'another' }, [part])), '404 NoSuchUpload');
    assert.equal(await refusalOf(complete({ ...upload, Bucket: other }, [part])), '404 NoSuchUpload');
    assert.equal(await refusalOf(complete({ ...upload, UploadId: 'made-up' }, [part])), '404 NoSuchUpload');
    await complete(upload, [part]);
  });

  test('conditions hold on the object as it stands', async () => {
    const Key = 'conditional';
    const once = async (more: Parameters<typeof complete>[2]) => {
      const upload = await createUpload(plain, Bucket, Key);
      return complete(upload, [await sendPart(upload, 1, LAST)], more);
    };
    assert.equal(await refusalOf(once({ IfMatch: '"x"' })), '404 NoSuchKey');
    const made = await once({ IfNoneMatch: '*' });
    assert.equal(await refusalOf(once({ IfNoneMatch: '*' })), '412 PreconditionFailed');
    assert.equal(await refusalOf(once({ IfNoneMatch: '"x"' })), '501 NotImplemented');
    assert.equal(await refusalOf(once({ IfMatch: '"x"' })), '412 PreconditionFailed');
    await once({ IfMatch: made.ETag });
    await client.send(new DeleteObjectCommand({ Bucket, Key }));
    await once({ IfNoneMatch: '*' });
  });

  test('of two that race for an absent key one wins', async () => {
    const uploads = await Promise.all([1, 2].map(() => createUpload(plain, Bucket, 'raced')));
    const parts = await Promise.all(uploads.map((upload) => sendPart(upload, 1, LAST)));
    const results = await Promise.all(
      uploads.map((upload, i) => refusalOf(complete(upload, parts.slice(i, i + 1), { IfNoneMatch: '*' }))),
    );
    assert.deepEqual(results.sort(), ['412 PreconditionFailed', 'was accepted']);
  });
});

test('in a versioned bucket each completion is a version', async () => {
  const versioned = await scene.newBucket();
  await client.send(
    new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration: { Status: 'Enabled' } }),
  );
  assert.equal((await client.send(new GetBucketVersioningCommand({ Bucket: versioned }))).Status, 'Enabled');
  const put = await client.send(new PutObjectCommand({ Bucket: versioned, Key: 'v', Body: 'old' }));
  const made = await uploadAll(plain, versioned, 'v', [LAST]);
  assert.ok(made.VersionId && made.VersionId !== put.VersionId);
  const old = await client.send(new GetObjectCommand({ Bucket: versioned, Key: 'v', VersionId: put.VersionId }));
  assert.equal(await old.Body?.transformToString(), 'old');
  assert.equal(md5(await read(client, versioned, 'v')), md5(LAST));
});

test('what CreateMultipartUpload fixed is on the object', async () => {
  const upload = await createUpload(plain, Bucket, 'attributes', {
    ContentType: 'text/x-backup',
    CacheControl: 'no-store',
    Metadata: { host: 'nas', 'empty-one': '' },
    Tagging: 'a=1&b=zwei',
    StorageClass: 'STANDARD_IA',
    ServerSideEncryption: 'AES256',
  });
  const made = await complete(upload, [await sendPart(upload, 1, LAST)]);
  assert.equal(made.ServerSideEncryption, 'AES256');
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: 'attributes' }));
  assert.equal(head.ContentType, 'text/x-backup');
  assert.equal(head.CacheControl, 'no-store');
  assert.deepEqual(head.Metadata, { host: 'nas', 'empty-one': '' });
  assert.equal(head.StorageClass, 'STANDARD_IA');
  assert.equal(head.ServerSideEncryption, 'AES256');
  const got = await client.send(new GetObjectCommand({ Bucket, Key: 'attributes' }));
  assert.equal(got.TagCount, 2);
  assert.equal(md5(Buffer.from((await got.Body?.transformToByteArray()) ?? [])), md5(LAST));
});
