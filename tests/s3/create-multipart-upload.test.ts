import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import {
  CreateMultipartUploadCommand,
  type CreateMultipartUploadCommandInput,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  PutBucketEncryptionCommand,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import { complete, createUpload, sendPart } from '../support/s3/multipart.ts';

const scene = await openBucketScene();
const { client, raw, as } = scene;
const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
after(() => scene.close());
const Bucket = await scene.newBucket();

const create = (more: Partial<CreateMultipartUploadCommandInput> = {}, Key = 'key') =>
  plain.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));

test('answers bucket, key and an id that differs each time', async () => {
  const first = await create({}, 'a//b ü');
  assert.equal(first.Bucket, Bucket);
  assert.equal(first.Key, 'a//b ü');
  const second = await create({}, 'a//b ü');
  assert.notEqual(first.UploadId, second.UploadId);
  assert.equal(first.ChecksumAlgorithm, undefined);
});

describe('checksum algorithm and type', () => {
  const good = [
    ['CRC32', undefined, 'COMPOSITE'],
    ['CRC32C', undefined, 'COMPOSITE'],
    ['CRC32', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['CRC32C', 'FULL_OBJECT', 'FULL_OBJECT'],
    ['CRC64NVME', undefined, 'FULL_OBJECT'],
    ['SHA1', 'COMPOSITE', 'COMPOSITE'],
    ['SHA256', undefined, 'COMPOSITE'],
  ] as const;
  for (const [ChecksumAlgorithm, type, shown] of good) {
    test(`${ChecksumAlgorithm} with ${type ?? 'no'} type is ${shown}`, async () => {
      const made = await create({ ChecksumAlgorithm, ...(type !== undefined && { ChecksumType: type }) });
      assert.equal(made.ChecksumAlgorithm, ChecksumAlgorithm);
      assert.equal(made.ChecksumType, shown);
    });
  }

  const refused = [
    ['CRC64NVME', 'COMPOSITE'],
    ['SHA1', 'FULL_OBJECT'],
    ['SHA256', 'FULL_OBJECT'],
  ] as const;
  for (const [ChecksumAlgorithm, ChecksumType] of refused) {
    test(`${ChecksumAlgorithm} cannot be ${ChecksumType}`, async () => {
      assert.equal(await refusalOf(create({ ChecksumAlgorithm, ChecksumType })), '400 InvalidRequest');
    });
  }

  test('a type alone and an unknown type are refused', async () => {
    assert.equal(await refusalOf(create({ ChecksumType: 'COMPOSITE' })), '400 InvalidRequest');
    const unknown = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'HALF' as 'COMPOSITE' } as const;
    assert.equal(await refusalOf(create(unknown)), '400 InvalidRequest');
  });

  test('an algorithm that nobody knows is refused with those that can be had', async () => {
    await assert.rejects(create({ ChecksumAlgorithm: 'MD4' as 'CRC32' }), {
      name: 'InvalidRequest',
      message: /\[CRC32, CRC32C, CRC64NVME, SHA1, SHA256\]/,
    });
  });

  test('algorithms of later models are not implemented', async () => {
    assert.equal(await refusalOf(create({ ChecksumAlgorithm: 'XXHASH3' as 'CRC32' })), '501 NotImplemented');
  });
});

describe('what is fixed here', () => {
  const refused: [string, Partial<CreateMultipartUploadCommandInput>, string][] = [
    ['too much metadata', { Metadata: { key: 'v'.repeat(2046) } }, '400 MetadataTooLarge'],
    ['an unknown storage class', { StorageClass: 'MARBLE' as 'STANDARD' }, '400 InvalidStorageClass'],
    ['an archive class', { StorageClass: 'DEEP_ARCHIVE' }, '400 InvalidStorageClass'],
    ['a tag twice', { Tagging: 'a=1&a=2' }, '400 InvalidArgument'],
    ['KMS', { ServerSideEncryption: 'aws:kms' }, '501 NotImplemented'],
    ['a lock in a bucket without Object Lock', { ObjectLockLegalHoldStatus: 'ON' }, '400 InvalidRequest'],
    ['a public ACL', { ACL: 'public-read' }, '400 AccessControlListNotSupported'],
  ];
  for (const [name, more, expected] of refused) {
    test(`${name}: ${expected}`, async () => {
      assert.equal(await refusalOf(create(more, 'refused')), expected);
      const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'refused' }));
      assert.equal(Uploads, undefined);
    });
  }

  test('the bucket’s default encryption counts at this moment', async () => {
    const encrypting = await scene.newBucket();
    const before = await createUpload(plain, encrypting, 'before');
    await client.send(
      new PutBucketEncryptionCommand({
        Bucket: encrypting,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      }),
    );
    const after = await createUpload(plain, encrypting, 'after');
    for (const upload of [before, after]) await complete(upload, [await sendPart(upload, 1, Buffer.from('body'))]);
    const shown = async (Key: string) =>
      (await client.send(new HeadObjectCommand({ Bucket: encrypting, Key }))).ServerSideEncryption;
    assert.equal(await shown('before'), undefined);
    assert.equal(await shown('after'), 'AES256');
    const got = await client.send(new GetObjectCommand({ Bucket: encrypting, Key: 'after' }));
    assert.equal(await got.Body?.transformToString(), 'body');
  });
});

test('needs a bucket, and the right to write into it', async () => {
  const at = (bucket: string) => new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'k' });
  assert.equal(await refusalOf(client.send(at('not-there'))), '404 NoSuchBucket');
  assert.equal(await refusalOf(as('ann').send(at(Bucket))), '403 AccessDenied');
  const anonymous = await fetch(`${scene.server.endpoint}/${Bucket}/k?uploads`, { method: 'POST' });
  assert.equal(anonymous.status, 403);
  const owner = await raw({
    method: 'POST',
    path: `/${Bucket}/k`,
    query: 'uploads=',
    amzHeaders: { 'x-amz-expected-bucket-owner': '000000000000' },
  });
  assert.equal(owner.status, 403);
});
