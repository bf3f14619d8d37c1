import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { crc32 } from '@node-rs/crc32';
import fc from 'fast-check';
import { type RawAnswer, RawClient, rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { sha256, sign, signedChunks, unsignedChunks } from '../support/s3/sign.ts';
import { type Stored, storingPut } from '../support/s3/wire-operations.ts';
import { startWireServer } from '../support/s3/wire-server.ts';

const BODY = Buffer.from('0123456789'.repeat(1000));
const CRC32 = base64OfCrc(crc32(BODY));
const MD5 = createHash('md5').update(BODY).digest('base64');
const SHA1 = createHash('sha1').update(BODY).digest('base64');

function base64OfCrc(crc: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc);
  return bytes.toString('base64');
}

interface PutOptions {
  readonly payload?: string;
  readonly headers?: Record<string, string>;
  readonly wire?: Buffer;
  readonly contentLength?: string | undefined;
  readonly unsigned?: Record<string, string>;
}

async function put(port: number, options: PutOptions): Promise<RawAnswer> {
  const wire = options.wire ?? BODY;
  const { payload = 'UNSIGNED-PAYLOAD', headers = {} } = options;
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload, headers });
  const length = 'contentLength' in options ? options.contentLength : String(wire.length);
  const all = { ...signed.headers, ...options.unsigned, ...(length !== undefined && { 'content-length': length }) };
  return rawRequest(port, 'PUT', '/bucket/key', all, wire);
}

/** Unsigned chunks with this trailer. */
function trailing(trailer: Record<string, string>, announced?: string): PutOptions {
  return {
    payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    headers: {
      'x-amz-decoded-content-length': String(BODY.length),
      ...(announced !== undefined && { 'x-amz-trailer': announced }),
    },
    wire: unsignedChunks(BODY, 4096, trailer),
  };
}

const CRC = { 'x-amz-checksum-crc32': CRC32 };
const CASES: readonly (readonly [why: string, options: PutOptions, outcome: string])[] = [
  ['plain', {}, 'OK'],
  ['signed', { payload: sha256(BODY) }, 'OK'],
  ['signed for other bytes', { payload: sha256('other') }, 'XAmzContentSHA256Mismatch'],
  ['an unknown payload word', { payload: 'STREAMING-SOMETHING' }, 'InvalidArgument'],
  ['version 4A chunks', { payload: 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD' }, 'NotImplemented'],
  ['Content-MD5', { headers: { 'content-md5': MD5 } }, 'OK'],
  [
    'Content-MD5 of other bytes',
    { headers: { 'content-md5': createHash('md5').update('x').digest('base64') } },
    'BadDigest',
  ],
  ['Content-MD5 in hex', { headers: { 'content-md5': createHash('md5').update(BODY).digest('hex') } }, 'InvalidDigest'],
  ['Content-MD5 too short', { headers: { 'content-md5': 'AAAA' } }, 'InvalidDigest'],
  ['an empty Content-MD5', { headers: { 'content-md5': '' } }, 'InvalidDigest'],
  ['a checksum', { headers: CRC }, 'OK'],
  ['a checksum of other bytes', { headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } }, 'BadDigest'],
  ['a checksum of another length', { headers: { 'x-amz-checksum-crc32': 'AAAA' } }, 'InvalidRequest'],
  ['a checksum that is not base64', { headers: { 'x-amz-checksum-crc32': '????????' } }, 'InvalidRequest'],
  ['two checksums', { headers: { ...CRC, 'x-amz-checksum-sha1': SHA1 } }, 'InvalidRequest'],
  ['a checksum with its algorithm', { headers: { ...CRC, 'x-amz-sdk-checksum-algorithm': 'CRC32' } }, 'OK'],
  [
    'a checksum with another algorithm',
    { headers: { ...CRC, 'x-amz-sdk-checksum-algorithm': 'SHA1' } },
    'InvalidRequest',
  ],
  ['an algorithm alone', { headers: { 'x-amz-sdk-checksum-algorithm': 'CRC32' } }, 'InvalidRequest'],
  ['an unknown algorithm', { headers: { ...CRC, 'x-amz-sdk-checksum-algorithm': 'CRC16' } }, 'InvalidRequest'],
  ['a checksum of no algorithm', { headers: { 'x-amz-checksum-crc16': 'AAA=' } }, 'InvalidRequest'],
  ['no length', { contentLength: undefined, wire: Buffer.alloc(0) }, 'MissingContentLength'],
  ['more than 5 GiB', { contentLength: String(5 * 1024 ** 3 + 1), wire: Buffer.alloc(0) }, 'EntityTooLarge'],
  ['a trailer', trailing(CRC, 'x-amz-checksum-crc32'), 'OK'],
  ['a trailer of other bytes', trailing({ 'x-amz-checksum-crc32': 'AAAAAA==' }, 'x-amz-checksum-crc32'), 'BadDigest'],
  [
    'a trailer of another length',
    trailing({ 'x-amz-checksum-crc32': 'AAAA' }, 'x-amz-checksum-crc32'),
    'InvalidRequest',
  ],
  ['a trailer that does not come', trailing({}, 'x-amz-checksum-crc32'), 'MalformedTrailerError'],
  ['another trailer than announced', trailing(CRC, 'x-amz-checksum-sha1'), 'MalformedTrailerError'],
  ['a trailer that was not announced', trailing(CRC), 'MalformedTrailerError'],
  ['chunks without a trailer', trailing({}), 'OK'],
  [
    'chunks with extensions',
    { ...trailing({}), wire: Buffer.from(`${BODY.length.toString(16)};a=b;c\r\n${BODY}\r\n0;d\r\n\r\n`) },
    'OK',
  ],
  ['chunks that are not called so', { ...trailing({}), payload: 'UNSIGNED-PAYLOAD' }, 'IncompleteBody'],
  ['the decoded length of a plain body', { headers: { 'x-amz-decoded-content-length': String(BODY.length) } }, 'OK'],
  ['a trailer that is no checksum', trailing({ 'x-amz-meta-a': 'b' }, 'x-amz-meta-a'), 'InvalidRequest'],
  ['a trailer of a later algorithm', trailing({}, 'x-amz-checksum-sha512'), 'NotImplemented'],
  [
    'a trailer and a header',
    { ...trailing(CRC, 'x-amz-checksum-crc32'), headers: { ...trailing(CRC, 'x-amz-checksum-crc32').headers, ...CRC } },
    'InvalidRequest',
  ],
  ['chunks without their decoded length', { ...trailing(CRC), headers: {} }, 'MissingContentLength'],
  [
    'chunks shorter than announced',
    { ...trailing({}), headers: { 'x-amz-decoded-content-length': '10001' } },
    'IncompleteBody',
  ],
  [
    'chunks longer than announced',
    { ...trailing({}), headers: { 'x-amz-decoded-content-length': '9999' } },
    'IncompleteBody',
  ],
  [
    'chunks of more than 5 GiB',
    { ...trailing({}), headers: { 'x-amz-decoded-content-length': '5368709121' } },
    'EntityTooLarge',
  ],
];

test('a body is stored when all it claims is true, else nothing is', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  for (const [why, options, outcome] of CASES) {
    stored.length = 0;
    const answer = await put(server.port, options);
    assert.equal(answer.status === 200 ? 'OK' : xmlField(answer, 'Code'), outcome, why);
    assert.equal(stored.length, outcome === 'OK' ? 1 : 0, why);
    if (outcome === 'OK') assert.ok(stored[0]?.bytes.equals(BODY), why);
  }
});

test('plain chunked transfer encoding is taken', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
  const headers = { ...signed.headers, 'transfer-encoding': 'chunked' };
  const good = await rawRequest(server.port, 'PUT', '/bucket/key', headers, '3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n');
  assert.equal(good.status, 200);
  assert.equal(stored[0]?.bytes.toString(), 'abcde');
  const broken = await rawRequest(server.port, 'PUT', '/bucket/key', headers, '3\r\nabc\r\nzz\r\nde\r\n0\r\n\r\n');
  assert.equal(broken.status, 400);
  assert.equal(stored.length, 1);
});

test('a chunk extension beyond all measure stores nothing and ends the connection', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  await using client = await RawClient.connect(server.port);
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
  client.sendHead('PUT', '/bucket/key', { ...signed.headers, 'transfer-encoding': 'chunked' });
  client.send(`3;a=${'x'.repeat(20_000)}\r\nabc\r\n0\r\n\r\n`);
  assert.equal((await client.answer()).status, 400);
  await client.closed();
  assert.deepEqual(stored, []);
});

test('a client that leaves in the middle stores nothing', async () => {
  const failures: unknown[] = [];
  const stored: Stored[] = [];
  const store = storingPut(stored);
  await using server = await startWireServer({
    PutObject: (context, request) =>
      store(context, request).catch((error: unknown) => {
        failures.push(error instanceof Error && 'code' in error && error.code);
        throw error;
      }),
  });
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
  const client = await RawClient.connect(server.port);
  client.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': '1000' });
  client.send('half');
  await new Promise((resolve) => setTimeout(resolve, 20));
  client.socket.destroy();
  while (failures.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([failures, stored], [['IncompleteBody'], []]);
});

test('a client that stops sending is cut off by progress, one that goes on slowly is not', async () => {
  const stored: Stored[] = [];
  const progress = { minBytesPerSecond: 1000, readWindowMs: 150, writeWindowMs: 150 };
  await using server = await startWireServer({ PutObject: storingPut(stored) }, { progress, sweepMs: 20 });
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
  await using stalled = await RawClient.connect(server.port);
  stalled.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': '1000' });
  stalled.send('some');
  const trickle = setInterval(() => stalled.send('x'), 30);
  const answer = await stalled.answer();
  clearInterval(trickle);
  assert.equal(xmlField(answer, 'Code'), 'RequestTimeout');
  assert.equal(stored.length, 0);

  await using slow = await RawClient.connect(server.port);
  slow.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': '2000' });
  for (let i = 0; i < 20; i++) {
    slow.send(Buffer.alloc(100));
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.equal((await slow.answer()).status, 200);
});

test('a client that stops reading its answer is cut off', async () => {
  const progress = { minBytesPerSecond: 1000, readWindowMs: 150, writeWindowMs: 150 };
  const { streamingGet } = await import('../support/s3/wire-operations.ts');
  await using server = await startWireServer(
    { GetObject: streamingGet(Buffer.alloc(64 * 1024 * 1024), 1024 * 1024) },
    { progress, sweepMs: 20 },
  );
  const signed = sign({ method: 'GET', path: '/bucket/key' });
  await using client = await RawClient.connect(server.port);
  client.sendHead('GET', '/bucket/key', signed.headers);
  client.socket.pause();
  while (server.facts.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  client.socket.resume();
  await client.closed();
});

test('XML bodies have a limit, announced or not', async () => {
  await using server = await startWireServer({
    DeleteObjects: async (_context, request) => {
      await request.body.readAll(1000);
      return { status: 200, headers: {}, body: { kind: 'empty' } };
    },
  });
  const signed = sign({
    method: 'POST',
    path: '/bucket',
    query: { delete: '' },
    headers: { 'content-md5': MD5 },
    payload: 'UNSIGNED-PAYLOAD',
  });
  const post = (headers: Record<string, string>, wire: string | Buffer) =>
    rawRequest(server.port, 'POST', '/bucket?delete=', { ...signed.headers, ...headers }, wire);
  const huge = await post({ 'content-length': '3000000' }, '');
  assert.equal(xmlField(huge, 'Code'), 'MaxMessageLengthExceeded');
  const long = await post({ 'transfer-encoding': 'chunked' }, `2710\r\n${BODY.toString()}\r\n0\r\n\r\n`);
  assert.equal(xmlField(long, 'Code'), 'MaxMessageLengthExceeded');
  const unsigned = sign({ method: 'POST', path: '/bucket', query: { delete: '' }, payload: 'UNSIGNED-PAYLOAD' });
  const missing = await rawRequest(
    server.port,
    'POST',
    '/bucket?delete=',
    { ...unsigned.headers, 'content-length': '1' },
    'x',
  );
  assert.equal(xmlField(missing, 'Code'), 'InvalidRequest');
});

test('whatever the bytes of a request, the answer is no 5xx and the server goes on', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const piece = fc.constantFrom(
    'PUT ',
    'GET ',
    '/bucket/key',
    '/',
    '?x-id=1',
    '%',
    '%ff',
    ' HTTP/1.1',
    '\r\n',
    '\r\n\r\n',
    'Host: a',
    'Content-Length: 5',
    'Transfer-Encoding: chunked',
    'Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
    'Authorization: AWS a:b',
    'x-amz-content-sha256: UNSIGNED-PAYLOAD',
    'x-amz-date: 20260101T000000Z',
    'Expect: 100-continue',
    'Range: bytes=0-',
    'hello',
    '0\r\n\r\n',
    'X-A: \xff',
    '?X-Amz-Signature=1',
    '&Expires=1&Signature=a&AWSAccessKeyId=b',
    'Origin: http://a',
    'OPTIONS ',
    'Content-Type: multipart/form-data; boundary=x',
    'POST ',
    '/bucket',
    '--x',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 2, maxLength: 14 }), async (pieces) => {
      await using client = await RawClient.connect(server.port);
      client.send(pieces.join(''));
      client.socket.end();
      const answer = await client.answer().catch(() => undefined);
      if (answer !== undefined) assert.ok(answer.status < 500, pieces.join(''));
    }),
    { seed: 21, numRuns: 400 },
  );
  assert.equal((await put(server.port, {})).status, 200);
  assert.equal(stored.length, 1);
});

test('signed chunks that are damaged on the way store nothing', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const data = BODY.subarray(0, 9000);
  const headers = { 'x-amz-decoded-content-length': '9000' };
  const payload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
  await fc.assert(
    fc.asyncProperty(fc.nat(9200), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const signed = sign({ method: 'PUT', path: '/bucket/key', payload, headers });
      const wire = signedChunks(signed, data, 8192);
      wire[at % wire.length] = (wire[at % wire.length] ?? 0) ^ flip;
      stored.length = 0;
      const all = { ...signed.headers, 'content-length': String(wire.length) };
      const answer = await rawRequest(server.port, 'PUT', '/bucket/key', all, wire);
      assert.ok(answer.status < 500);
      if (answer.status === 200) assert.ok(stored[0]?.bytes.equals(data));
      else assert.equal(stored.length, 0);
    }),
    { seed: 22, numRuns: 150 },
  );
});
