import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import type { EpochMs } from '../../../src-server/domain/ids.ts';
import type { AuthRequest } from '../../../src-server/s3/auth/auth-request.ts';
import { readSigV2Header } from '../../../src-server/s3/auth/sigv2.ts';
import { readSigV4Header } from '../../../src-server/s3/auth/sigv4-header.ts';
import { readSigV4Presigned } from '../../../src-server/s3/auth/sigv4-presigned.ts';
import { AwsChunkedDecoder } from '../../../src-server/s3/body/aws-chunked.ts';
import { ChunkSignatures } from '../../../src-server/s3/body/chunk-signatures.ts';
import { parseQueryString } from '../../../src-server/s3/http/query-string.ts';
import { RequestHeaders } from '../../../src-server/s3/http/request-headers.ts';
import { dayKey } from '../../support/s3/sign.ts';

// The worked examples of AWS's own documentation: S3 API reference, "Signature Version 4" and "REST authentication" (version 2).
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const CREDENTIAL = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
const NOW = Date.UTC(2013, 4, 24, 0, 5) as EpochMs;

function request(method: string, target: string, headers: Record<string, string>, now = NOW): AuthRequest {
  const [rawPath = '', query = ''] = target.split('?');
  return {
    method,
    rawPath,
    query: parseQueryString(query),
    headers: new RequestHeaders(Object.entries(headers).flat()),
    target: { scope: 'service' },
    hostBucket: 'examplebucket',
    now,
  };
}

function authorization(signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${CREDENTIAL},SignedHeaders=${signedHeaders},Signature=${signature}`;
}

const HEADER_EXAMPLES = [
  {
    name: 'GET object with a range',
    method: 'GET',
    target: '/test.txt',
    headers: { Range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY },
    signed: 'host;range;x-amz-content-sha256;x-amz-date',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  },
  {
    name: 'PUT object',
    method: 'PUT',
    target: '/test$file.text',
    headers: {
      Date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    signed: 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  {
    name: 'GET bucket lifecycle',
    method: 'GET',
    target: '/?lifecycle',
    headers: { 'x-amz-content-sha256': EMPTY },
    signed: 'host;x-amz-content-sha256;x-amz-date',
    signature: 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  },
  {
    name: 'list objects',
    method: 'GET',
    target: '/?max-keys=2&prefix=J',
    headers: { 'x-amz-content-sha256': EMPTY },
    signed: 'host;x-amz-content-sha256;x-amz-date',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  },
];

for (const example of HEADER_EXAMPLES) {
  test(`AWS's example, signed in the header: ${example.name}`, () => {
    const headers = { Host: 'examplebucket.s3.amazonaws.com', 'x-amz-date': '20130524T000000Z', ...example.headers };
    const given = request(example.method, example.target, headers);
    const good = readSigV4Header(given, authorization(example.signed, example.signature), 'us-east-1');
    assert.equal(good.accessKeyId, 'AKIAIOSFODNN7EXAMPLE');
    good.prove(SECRET);
    const bad = readSigV4Header(given, authorization(example.signed, `0${example.signature.slice(1)}`), 'us-east-1');
    assert.throws(() => bad.prove(SECRET), { code: 'SignatureDoesNotMatch' });
    assert.throws(() => good.prove(`${SECRET}x`), { code: 'SignatureDoesNotMatch' });
  });
}

test("AWS's example of a presigned URL", () => {
  const target =
    '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
    '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
    '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404';
  const headers = { Host: 'examplebucket.s3.amazonaws.com' };
  const payload = readSigV4Presigned(request('GET', target, headers), 'us-east-1').prove(SECRET);
  assert.deepEqual(payload, { kind: 'unsigned' });
  const late = (NOW + 86_400_000) as EpochMs;
  assert.throws(() => readSigV4Presigned(request('GET', target, headers, late), 'us-east-1'), { code: 'AccessDenied' });
});

test("AWS's example of signed chunks", () => {
  const chunks = [
    [65_536, 'ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648'],
    [1024, '0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497'],
    [0, 'b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9'],
  ] as const;
  const decoder = new AwsChunkedDecoder({
    decodedBytes: 66_560,
    trailer: false,
    signatures: new ChunkSignatures({
      key: createSecretKey(dayKey(SECRET, '20130524', 'us-east-1')),
      seedSignature: '4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9',
      timestamp: '20130524T000000Z',
      scope: '20130524/us-east-1/s3/aws4_request',
    }),
  });
  let sizeBytes = 0;
  for (const [size, signature] of chunks) {
    const header = Buffer.from(`${size.toString(16)};chunk-signature=${signature}\r\n`);
    decoder.push(Buffer.concat([header, Buffer.alloc(size, 'a'), Buffer.from('\r\n')]), (data) => {
      sizeBytes += data.length;
    });
  }
  decoder.end();
  assert.equal(sizeBytes, 66_560);
});

test("AWS's examples of signature version 2", () => {
  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const host = 'awsexamplebucket1.us-west-1.s3.amazonaws.com';
  const now = Date.UTC(2007, 2, 27, 19, 40) as EpochMs;
  const get = request('GET', '/photos/puppy.jpg', { Host: host, Date: 'Tue, 27 Mar 2007 19:36:42 +0000' }, now);
  const signed = { ...get, hostBucket: 'awsexamplebucket1' };
  readSigV2Header(signed, 'AWS AKIAIOSFODNN7EXAMPLE:qgk2+6Sv9/oM7G3qLEjTH1a1l1g=').prove(secret);
  const list = request(
    'GET',
    '/?prefix=photos&max-keys=50&marker=puppy',
    { Host: host, Date: 'Tue, 27 Mar 2007 19:42:41 +0000' },
    now,
  );
  readSigV2Header(
    { ...list, hostBucket: 'awsexamplebucket1' },
    'AWS AKIAIOSFODNN7EXAMPLE:m0WP8eCtspQl5Ahe6L1SozdX9YA=',
  ).prove(secret);
  const acl = request('GET', '/?acl', { Host: host, Date: 'Tue, 27 Mar 2007 19:44:46 +0000' }, now);
  readSigV2Header(
    { ...acl, hostBucket: 'awsexamplebucket1' },
    'AWS AKIAIOSFODNN7EXAMPLE:82ZHiFIjc+WbcwFKGUVEQspPn+0=',
  ).prove(secret);
});
