import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
  type UploadPartCommandInput,
} from '@aws-sdk/client-s3';
import { openBucketScene, refusalOf } from '../support/s3/bucket-scene.ts';
import {
  complete,
  createUpload,
  md5,
  PART_BYTES,
  patterned,
  read,
  sendPart,
  type Upload,
} from '../support/s3/multipart.ts';
import { sign } from '../support/s3/sign.ts';

const scene = await openBucketScene();
const { client, as } = scene;
const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
after(() => scene.close());
const Bucket = await scene.newBucket();
const BODY = Buffer.from('the bytes of a part');

const send = (upload: Upload, more: Partial<UploadPartCommandInput> = {}) => {
  const { client: sender, Key, UploadId } = upload;
  return sender.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: BODY, ...more }));
};
const partsOf = async ({ Key, UploadId }: Upload) =>
  (await client.send(new ListPartsCommand({ Bucket, Key, UploadId }))).Parts ?? [];
const base64 = (algorithm: string, data: Uint8Array) => createHash(algorithm).update(data).digest('base64');

test('a part’s ETag is its MD5; the same number again replaces it', async () => {
  const upload = await createUpload(plain, Bucket, 'replaced');
  assert.equal((await send(upload)).ETag, `"${md5(BODY)}"`);
  const large = patterned(PART_BYTES, 4);
  assert.equal((await send(upload, { Body: large })).ETag, `"${md5(large)}"`);
  const parts = await partsOf(upload);
  assert.deepEqual(
    parts.map((part) => [part.PartNumber, part.Size, part.ETag]),
    [[1, PART_BYTES, `"${md5(large)}"`]],
  );
  await complete(upload, [{ PartNumber: 1, ETag: `"${md5(large)}"` }]);
  assert.equal(md5(await read(client, Bucket, 'replaced')), md5(large));
});

test('an empty part is a part', async () => {
  const upload = await createUpload(plain, Bucket, 'empty');
  const part = await sendPart(upload, 1, new Uint8Array(0));
  await complete(upload, [part]);
  assert.equal((await read(client, Bucket, 'empty')).length, 0);
});

describe('numbers and ids', () => {
  for (const PartNumber of [0, -1, 10_001, 2_300_000]) {
    test(`part ${PartNumber} is refused`, async () => {
      const upload = await createUpload(plain, Bucket, 'numbers');
      assert.equal(await refusalOf(send(upload, { PartNumber })), '400 InvalidArgument');
    });
  }

  test('10,000 is the last one', async () => {
    const upload = await createUpload(plain, Bucket, 'numbers');
    await send(upload, { PartNumber: 10_000 });
    assert.equal((await partsOf(upload))[0]?.PartNumber, 10_000);
  });

  test('an id that is of no open upload of this key', async () => {
    const upload = await createUpload(plain, Bucket, 'ids');
    assert.equal(await refusalOf(send({ ...upload, UploadId: 'x' })), '404 NoSuchUpload');
    assert.equal(await refusalOf(send({ ...upload, UploadId: 'f'.repeat(48) })), '404 NoSuchUpload');
    assert.equal(await refusalOf(send({ ...upload, Key: 'other' })), '404 NoSuchUpload');
    const { Key, UploadId } = upload;
    await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    assert.equal(await refusalOf(send(upload)), '404 NoSuchUpload');
  });

  test('needs the right to write', async () => {
    const upload = await createUpload(plain, Bucket, 'rights');
    assert.equal(await refusalOf(send({ ...upload, client: as('ann') })), '403 AccessDenied');
  });
});

describe('integrity', () => {
  test('a wrong MD5 or checksum stores nothing', async () => {
    const upload = await createUpload(plain, Bucket, 'wrong');
    assert.equal(await refusalOf(send(upload, { ContentMD5: base64('md5', Buffer.from('x')) })), '400 BadDigest');
    assert.equal(
      await refusalOf(send(upload, { ChecksumSHA256: base64('sha256', Buffer.from('x')) })),
      '400 BadDigest',
    );
    assert.equal(await refusalOf(send(upload, { ChecksumCRC32: 'AAAAAA==' })), '400 BadDigest');
    assert.equal(await refusalOf(send(upload, { ChecksumCRC32: 'no base64' })), '400 InvalidRequest');
    assert.deepEqual(await partsOf(upload), []);
    await send(upload, { ContentMD5: base64('md5', BODY) });
  });

  test('the checksum must be of the upload’s algorithm', async () => {
    const upload = await createUpload(plain, Bucket, 'algorithm', { ChecksumAlgorithm: 'SHA256' });
    const sha1 = send(upload, { ChecksumSHA1: base64('sha1', BODY) });
    assert.equal(await refusalOf(sha1), '400 InvalidRequest');
    const answer = await send(upload, { ChecksumSHA256: base64('sha256', BODY) });
    assert.equal(answer.ChecksumSHA256, base64('sha256', BODY));
  });

  test('a composite upload needs one with each part, a full-object one does not', async () => {
    const composite = await createUpload(plain, Bucket, 'composite', { ChecksumAlgorithm: 'CRC32' });
    const none = await send(composite).catch((error: unknown) => error);
    assert.ok(none instanceof Error);
    assert.equal(
      none.message,
      'Checksum Type mismatch occurred, expected checksum Type: crc32, actual checksum Type: null',
    );
    const full = await createUpload(plain, Bucket, 'full', { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' });
    assert.ok((await send(full)).ChecksumCRC32);
  });

  test('without an algorithm of the upload any is taken, checked and answered', async () => {
    const upload = await createUpload(plain, Bucket, 'any');
    assert.equal((await send(upload, { ChecksumSHA1: base64('sha1', BODY) })).ChecksumSHA1, base64('sha1', BODY));
    assert.ok((await send(upload)).ChecksumCRC64NVME);
  });

  test('a body that breaks off stores nothing', async () => {
    const upload = await createUpload(plain, Bucket, 'short');
    const { port, host } = new URL(scene.server.endpoint);
    const { accessKeyId, secretAccessKey } = scene.server.rootCredentials;
    const signed = sign({
      method: 'PUT',
      path: `/${Bucket}/short`,
      query: { partNumber: '1', uploadId: upload.UploadId },
      payload: 'UNSIGNED-PAYLOAD',
      host,
      accessKey: accessKeyId,
      secret: secretAccessKey,
    });
    const lines = Object.entries({ ...signed.headers, 'content-length': '1000' }).map(([k, v]) => `${k}: ${v}\r\n`);
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        const head = `PUT ${signed.target} HTTP/1.1\r\n${lines.join('')}\r\n`;
        socket.write(`${head}only this`, () => setTimeout(() => socket.destroy(), 50));
      });
      socket.on('error', () => undefined);
      socket.on('data', () => undefined);
      socket.on('close', () => resolve());
    });
    assert.deepEqual(await partsOf(upload), []);
  });
});

test('parts of an encrypted upload are not readable on the disk', async () => {
  const marker = Buffer.alloc(4096, 'PLAINTEXT-OF-A-PART ');
  const files = () =>
    readdirSync(join(scene.server.dataDir, 'disk'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  const has = () => files().some((bytes) => bytes.includes('PLAINTEXT-OF-A-PART'));
  const upload = await createUpload(plain, Bucket, 'sealed', { ServerSideEncryption: 'AES256' });
  const first = Buffer.concat([marker, patterned(PART_BYTES, 8)]);
  const answer = await send(upload, { Body: first });
  assert.equal(answer.ServerSideEncryption, 'AES256');
  const second = await send(upload, { PartNumber: 2, Body: marker });
  const parts = [
    { PartNumber: 1, ETag: answer.ETag },
    { PartNumber: 2, ETag: second.ETag },
  ];
  await complete(upload, parts);
  assert.equal(has(), false);
  assert.equal(md5(await read(client, Bucket, 'sealed')), md5(Buffer.concat([first, marker])));
  const open = await createUpload(plain, Bucket, 'open');
  await send(open, { Body: marker });
  assert.equal(has(), true, 'the search sees plain bytes');
});
