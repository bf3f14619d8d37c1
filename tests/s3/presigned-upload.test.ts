import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { crc32 } from 'node:zlib';
import { PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { createUpload, md5 } from '../support/s3/multipart.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';
import { rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { presign } from '../support/s3/sign.ts';

const scene = await openObjectScene();
after(() => scene.close());
const bucket = await scene.newBucket();
const { host, port } = new URL(scene.server.endpoint);
const { accessKeyId, secretAccessKey } = scene.server.rootCredentials;

/** Uploads to a URL whose query was signed with these parameters; answers its code, or the algorithm whose checksum was stored. */
async function upload(key: string, query: Record<string, string>, body: string): Promise<string> {
  const path = `/${bucket}/${key}`;
  const target = presign({ method: 'PUT', path, query, host, accessKey: accessKeyId, secret: secretAccessKey });
  const put = await rawRequest(Number(port), 'PUT', target, { host, 'content-length': String(body.length) }, body);
  if (put.status !== 200) return xmlField(put, 'Code') ?? String(put.status);
  assert.equal((await scene.get(bucket, key)).text, body);
  const head = await scene.wire({ method: 'HEAD', path, amzHeaders: { 'x-amz-checksum-mode': 'ENABLED' } });
  return /^x-amz-checksum-((?!type)\S+): /im.exec(head.head)?.[1] ?? 'none';
}

/** The one that the server adds by itself. */
const OWN = 'crc64nvme';
const RIGHT = Buffer.from(crc32('body').toString(16).padStart(8, '0'), 'hex').toString('base64');
const SHA256_OF_NOTHING = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';
const CASES: readonly (readonly [name: string, query: Record<string, string>, body: string, outcome: string])[] = [
  [
    'the checksum of nothing says nothing of a body',
    { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-sdk-checksum-algorithm': 'CRC32' },
    'body',
    OWN,
  ],
  [
    'however its name is written',
    { 'X-Amz-Checksum-Crc32': 'AAAAAA==', 'X-Amz-Sdk-Checksum-Algorithm': 'CRC32' },
    'body',
    OWN,
  ],
  ['nor does that of another algorithm', { 'x-amz-checksum-sha256': SHA256_OF_NOTHING }, 'body', OWN],
  [
    'of no body it is the checksum',
    { 'x-amz-checksum-crc32': 'AAAAAA==', 'x-amz-sdk-checksum-algorithm': 'CRC32' },
    '',
    'crc32',
  ],
  ['an algorithm without a value says nothing', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'body', OWN],
  [
    'a right checksum is stored',
    { 'x-amz-checksum-crc32': RIGHT, 'x-amz-sdk-checksum-algorithm': 'CRC32' },
    'body',
    'crc32',
  ],
  [
    'a wrong one is refused',
    { 'x-amz-checksum-crc32': 'AAAAAQ==', 'x-amz-sdk-checksum-algorithm': 'CRC32' },
    'body',
    'BadDigest',
  ],
  ['a wrong one of no body too', { 'x-amz-checksum-crc32': 'AAAAAQ==' }, '', 'BadDigest'],
];

describe('checksums in the query', () => {
  for (const [i, [name, query, body, outcome]] of CASES.entries()) {
    test(name, async () => {
      assert.equal(await upload(`case-${i}`, query, body), outcome);
    });
  }

  test('in a signed header the checksum of nothing is a claim like others', async () => {
    const headers = { 'x-amz-checksum-crc32': 'AAAAAA==' };
    const path = `/${bucket}/header`;
    const target = presign({ method: 'PUT', path, headers, host, accessKey: accessKeyId, secret: secretAccessKey });
    const put = await rawRequest(Number(port), 'PUT', target, { host, ...headers, 'content-length': '4' }, 'body');
    assert.equal(xmlField(put, 'Code'), 'BadDigest');
  });
});

describe('what the SDK presigns', () => {
  test('for an object takes whatever is sent', async () => {
    const url = await getSignedUrl(scene.client, new PutObjectCommand({ Bucket: bucket, Key: 'sdk' }));
    assert.match(url, /x-amz-checksum-crc32=AAAAAA%3D%3D/, 'the SDK still signs the checksum of nothing');
    const put = await fetch(url, { method: 'PUT', body: 'from a browser' });
    assert.equal(put.status, 200);
    assert.equal((await scene.get(bucket, 'sdk')).text, 'from a browser');
  });

  test('for a part too, also as a stream of no announced length', async () => {
    const { UploadId, Key } = await createUpload(scene.client, bucket, 'parts');
    const command = new UploadPartCommand({ Bucket: bucket, Key, UploadId, PartNumber: 1 });
    const url = await getSignedUrl(scene.client, command);
    const put = await fetch(url, { method: 'PUT', body: new Blob(['a part']).stream(), duplex: 'half' });
    assert.equal(put.status, 200, await put.text());
    assert.equal(put.headers.get('etag'), `"${md5(Buffer.from('a part'))}"`);
  });
});
