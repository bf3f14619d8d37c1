import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  type ChecksumAlgorithm,
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
  waitUntilObjectExists,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type ClientScene, clientTest, REGION } from './support/client-test.ts';
import { seededBytes } from './support/trees.ts';

const MIB = 1024 * 1024;
const Bucket = 'sdk-bucket';
// The package of the SDK says its version; there is no program to ask.
const { version } = createRequire(import.meta.url)('@aws-sdk/client-s3/package.json') as { version: string };
const tool = { path: process.execPath, version: `@aws-sdk/client-s3 ${version}` };
const missing = '';

function clientOf(scene: ClientScene, more: S3ClientConfig = {}): S3Client {
  const { accessKeyId, secretAccessKey } = scene;
  return new S3Client({
    endpoint: scene.endpoint,
    region: REGION,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
    ...more,
  });
}

async function contentOf(s3: S3Client, key: string): Promise<Buffer> {
  const answer = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
  return Buffer.from((await answer.Body?.transformToByteArray()) ?? []);
}

function sameBytes(actual: Uint8Array, expected: Uint8Array): void {
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  assert.deepEqual([actual.length, sha256(actual)], [expected.length, sha256(expected)]);
}

clientTest('AWS SDK v3: lib-storage uploads', { tool, missing }, async (scene) => {
  const s3 = clientOf(scene);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const body = seededBytes(17 * MIB + 1, 21);
  const algorithms: (ChecksumAlgorithm | undefined)[] = [undefined, 'CRC32', 'CRC32C', 'SHA1', 'SHA256'];
  for (const ChecksumAlgorithm of algorithms) {
    const Key = `upload/${ChecksumAlgorithm ?? 'default'}`;
    const params = { Bucket, Key, Body: body, ...(ChecksumAlgorithm === undefined ? {} : { ChecksumAlgorithm }) };
    await new Upload({ client: s3, params, partSize: 5 * MIB, queueSize: 3 }).done();
    sameBytes(await contentOf(s3, Key), body);
    assert.match((await s3.send(new HeadObjectCommand({ Bucket, Key }))).ETag ?? '', /-4"$/);
  }
  const pieces = Readable.from([body.subarray(0, 3), body.subarray(3, 6 * MIB), body.subarray(6 * MIB)]);
  await new Upload({ client: s3, params: { Bucket, Key: 'stream', Body: pieces } }).done();
  sameBytes(await contentOf(s3, 'stream'), body);
  const small = Readable.from([Buffer.from('one '), Buffer.from('chunk')]);
  await new Upload({ client: s3, params: { Bucket, Key: 'small', Body: small } }).done();
  assert.equal((await contentOf(s3, 'small')).toString(), 'one chunk');
});

clientTest('AWS SDK v3: presigned URLs and forms', { tool, missing }, async (scene) => {
  const s3 = clientOf(scene);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const body = seededBytes(300_000, 22);
  const Key = 'signed ä+/object';
  const put = async (client: S3Client, input: { ChecksumCRC32?: string }, bytes: Buffer): Promise<number> => {
    const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key, ...input }), { expiresIn: 60 });
    return (await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })).status;
  };
  // By default the SDK signs the checksum of the body it has not got, the empty one, into a URL.
  assert.equal(await put(clientOf(scene, { requestChecksumCalculation: 'WHEN_REQUIRED' }), {}, body), 200);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  const ChecksumCRC32 = crc.toString('base64');
  assert.equal(await put(s3, { ChecksumCRC32 }, body.subarray(1)), 400, 'a signed checksum is held against the body');
  assert.equal(await put(s3, { ChecksumCRC32 }, body), 200);
  const disposition = 'attachment; filename="x.bin"';
  const command = new GetObjectCommand({ Bucket, Key, ResponseContentDisposition: disposition });
  const getUrl = await getSignedUrl(s3, command, { expiresIn: 60 });
  const answer = await fetch(getUrl);
  assert.equal(answer.headers.get('content-disposition'), disposition);
  sameBytes(Buffer.from(await answer.arrayBuffer()), body);
  assert.equal((await fetch(getUrl.replace('signed', 'sIgned'))).status, 403);

  const post = await createPresignedPost(s3, {
    Bucket,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder for the file's name.
    Key: 'form/${filename}',
    Conditions: [{ 'Content-Type': 'text/plain' }, ['content-length-range', 1, 100]],
    Fields: { 'Content-Type': 'text/plain' },
  });
  const send = async (text: string): Promise<number> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(post.fields)) form.append(name, value);
    form.append('file', new Blob([text]), 'note.txt');
    return (await fetch(post.url, { method: 'POST', body: form })).status;
  };
  assert.equal(await send('a note by form'), 204);
  assert.equal((await contentOf(s3, 'form/note.txt')).toString(), 'a note by form');
  assert.equal(await send('x'.repeat(101)), 400);
});

clientTest('AWS SDK v3: objects, conditions, listing, deletion', { tool, missing }, async (scene) => {
  const s3 = clientOf(scene);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const keys = Array.from({ length: 130 }, (_, index) => `k/${String(index).padStart(3, '0')} ü&<>`);
  await Promise.all(keys.map((Key) => s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
  const found: (string | undefined)[] = [];
  for await (const page of paginateListObjectsV2({ client: s3, pageSize: 50 }, { Bucket, Prefix: 'k/' })) {
    found.push(...(page.Contents ?? []).map((entry) => entry.Key));
  }
  assert.deepEqual(found, keys);

  const exclusive = () => s3.send(new PutObjectCommand({ Bucket, Key: 'once', Body: 'x', IfNoneMatch: '*' }));
  const race = await Promise.allSettled(Array.from({ length: 8 }, exclusive));
  assert.equal(race.filter((each) => each.status === 'fulfilled').length, 1, 'exactly one wins');
  await waitUntilObjectExists({ client: s3, maxWaitTime: 10 }, { Bucket, Key: 'once' });
  const copy = { Bucket, Key: 'copied', CopySource: encodeURI(`${Bucket}/${keys[7]}`).replaceAll('&', '%26') };
  await s3.send(new CopyObjectCommand(copy));
  assert.equal((await contentOf(s3, 'copied')).toString(), keys[7]);

  await assert.rejects(contentOf(s3, 'none'), (error: unknown) => {
    assert.ok(error instanceof S3ServiceException);
    assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['NoSuchKey', 404]);
    return true;
  });
  const Objects = [...keys, 'once', 'copied'].map((Key) => ({ Key }));
  const gone = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  assert.equal(gone.Errors, undefined);
  await s3.send(new DeleteBucketCommand({ Bucket }));
});
