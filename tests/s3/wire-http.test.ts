import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src-server/domain/failure.ts';
import { RawClient, rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { sign } from '../support/s3/sign.ts';
import { type Stored, storingPut, streamingGet } from '../support/s3/wire-operations.ts';
import { startWireServer } from '../support/s3/wire-server.ts';

test('an anonymous request for the service is AccessDenied in XML, with ids that agree', async () => {
  await using server = await startWireServer({});
  const answer = await rawRequest(server.port, 'GET', '/', { host: 'localhost' });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers['content-type'], 'application/xml');
  assert.equal(answer.headers['server'], 'Stowage');
  assert.ok(answer.headers['date']);
  assert.equal(xmlField(answer, 'Code'), 'AccessDenied');
  assert.equal(xmlField(answer, 'Resource'), '/');
  assert.equal(xmlField(answer, 'RequestId'), answer.headers['x-amz-request-id']);
  assert.equal(xmlField(answer, 'HostId'), answer.headers['x-amz-id-2']);
  assert.match(answer.headers['x-amz-request-id'] ?? '', /^[0-9A-F]{16}$/);
  assert.equal(server.facts[0]?.errorCode, 'AccessDenied');
});

test('an error for HEAD has no body and the connection goes on', async () => {
  await using server = await startWireServer({});
  await using client = await RawClient.connect(server.port);
  for (let i = 0; i < 2; i++) {
    client.sendHead('HEAD', '/bucket/key', { host: 'localhost' });
    const answer = await client.answer({ head: true });
    assert.equal(answer.status, 403);
  }
  client.sendHead('GET', '/Bad_Bucket/key', { host: 'localhost' });
  const answer = await client.answer();
  assert.equal(xmlField(answer, 'Code'), 'InvalidBucketName');
  assert.equal(xmlField(answer, 'BucketName'), 'Bad_Bucket');
});

test('what this version does not do is 501 by name, and touches nothing', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const put = (path: string, query: Record<string, string>, headers: Record<string, string>) => {
    const signed = sign({ method: 'PUT', path, query, headers, payload: 'UNSIGNED-PAYLOAD' });
    return rawRequest(server.port, 'PUT', signed.target, { ...signed.headers, 'content-length': '3' }, 'abc');
  };
  const cases: (readonly [query: Record<string, string>, headers: Record<string, string>, code: string])[] = [
    [{ annotation: '' }, {}, 'NotImplemented'],
    [{ torrent: '' }, {}, 'NotImplemented'],
    [{ uploads: '' }, {}, 'NotImplemented'],
    [{ uploadId: 'u' }, {}, 'InvalidArgument'],
    [{}, { 'x-amz-object-lock-mode': 'COMPLIANCE' }, 'InvalidRequest'],
    [{}, { 'x-amz-server-side-encryption': 'aws:kms' }, 'NotImplemented'],
    [{}, { 'x-amz-server-side-encryption': 'rot13' }, 'InvalidArgument'],
    [{}, { 'x-amz-server-side-encryption-customer-algorithm': 'AES256' }, 'NotImplemented'],
    [{}, { 'x-amz-acl': 'everybody' }, 'InvalidArgument'],
    [{}, { 'x-amz-write-offset-bytes': '1' }, 'NotImplemented'],
    [{}, { 'x-amz-checksum-xxhash64': 'AAAAAAAAAAA=' }, 'NotImplemented'],
    [{}, { 'x-amz-sdk-checksum-algorithm': 'SHA512' }, 'NotImplemented'],
    [{}, { 'x-amz-security-token': 'x' }, 'InvalidToken'],
  ];
  for (const [query, headers, code] of cases) {
    const answer = await put('/bucket/key', query, headers);
    assert.equal(xmlField(answer, 'Code'), code, JSON.stringify([query, headers]));
  }
  assert.equal(stored.length, 0);
  const ignored = await put(
    '/bucket/key',
    { 'x-id': 'PutObject', other: '1' },
    { 'x-amz-acl': 'private', 'x-amz-unknown': '1', 'x-amz-request-payer': 'requester' },
  );
  assert.equal(ignored.status, 200);
  assert.equal(stored.length, 1);
});

test('100 Continue comes once the operation reads, and a refusal instead of it', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
  await using good = await RawClient.connect(server.port);
  good.sendHead('PUT', signed.target, { ...signed.headers, expect: '100-continue', 'content-length': '5' });
  assert.equal((await good.answer()).status, 100);
  good.send('hello');
  assert.equal((await good.answer()).status, 200);
  assert.equal(stored[0]?.bytes.toString(), 'hello');

  await using refused = await RawClient.connect(server.port);
  refused.sendHead('PUT', '/bucket/key', { host: 'localhost', expect: '100-continue', 'content-length': '5' });
  const answer = await refused.answer();
  assert.equal(answer.status, 403);
  assert.equal(answer.headers['connection'], 'close');
  await refused.closed();
  assert.equal(stored.length, 1);
});

test('a refused request with a small body leaves the connection usable, with a large one closes it after the answer', async () => {
  await using server = await startWireServer({});
  await using small = await RawClient.connect(server.port);
  for (let i = 0; i < 3; i++) {
    small.sendHead('PUT', '/bucket/key', { host: 'localhost', 'content-length': '1000' });
    small.send(Buffer.alloc(1000));
    assert.equal((await small.answer()).status, 403);
  }
  await using large = await RawClient.connect(server.port);
  large.sendHead('PUT', '/bucket/key', { host: 'localhost', 'content-length': '8000000' });
  for (let i = 0; i < 8; i++) large.send(Buffer.alloc(1_000_000));
  const answer = await large.answer();
  assert.equal(answer.status, 403);
  assert.equal(answer.headers['connection'], 'close');
  await large.closed();
});

test('an operation that gives up in the middle of a body is heard at once', async () => {
  await using server = await startWireServer({
    PutObject: async (_context, request) => {
      for await (const _piece of request.body.chunks()) throw new Failure('InsufficientStorage');
      throw new Error('unreached');
    },
  });
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
  await using small = await RawClient.connect(server.port);
  for (let i = 0; i < 2; i++) {
    small.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': '200000' });
    for (let piece = 0; piece < 4; piece++) small.send(Buffer.alloc(50_000));
    assert.equal((await small.answer()).status, 507);
  }
  await using large = await RawClient.connect(server.port);
  large.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': '12000000' });
  for (let piece = 0; piece < 12; piece++) large.send(Buffer.alloc(1_000_000));
  assert.equal((await large.answer()).status, 507);
  await large.closed();
});

test('pipelined answers behind a stuck one are given up with the connection', async () => {
  let open = 0;
  let isReturned = false;
  await using server = await startWireServer({
    GetObject: async (_context, request) => {
      if (request.target.scope === 'object' && request.target.key === 'first') await new Promise(() => undefined);
      return {
        status: 200,
        headers: {},
        body: {
          kind: 'stream',
          sizeBytes: 8 * 1024 * 1024,
          chunks: (async function* () {
            try {
              for (let i = 0; i < 8; i++) {
                open++;
                yield { pieces: [Buffer.alloc(1024 * 1024)], sizeBytes: 1024 * 1024, release: () => void open-- };
              }
            } finally {
              isReturned = true;
            }
          })(),
        },
      };
    },
  });
  const client = await RawClient.connect(server.port);
  client.sendHead('GET', '/bucket/first', sign({ method: 'GET', path: '/bucket/first' }).headers);
  client.sendHead('GET', '/bucket/second', sign({ method: 'GET', path: '/bucket/second' }).headers);
  while (open < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  client.socket.destroy();
  for (let i = 0; i < 200 && !isReturned; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([open, isReturned], [0, true]);
});

const HOSTILE: readonly (readonly [why: string, text: string])[] = [
  [
    'Content-Length beside Transfer-Encoding',
    'PUT /bucket/key HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['two Content-Lengths', 'PUT /bucket/key HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd'],
  [
    'two equal Content-Lengths',
    'PUT /bucket/key HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc',
  ],
  ['a Content-Length that is no number', 'PUT /bucket/key HTTP/1.1\r\nHost: a\r\nContent-Length: 3x\r\n\r\nabc'],
  ['a negative Content-Length', 'PUT /bucket/key HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n'],
  ['an unknown Transfer-Encoding', 'PUT /bucket/key HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, x\r\n\r\n'],
  ['a folded header', 'GET /bucket HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n'],
  ['bare line feeds', 'GET /bucket HTTP/1.1\nHost: a\n\n'],
  ['white space before a colon', 'GET /bucket HTTP/1.1\r\nHost : a\r\n\r\n'],
  ['a NUL in a header', 'GET /bucket HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n\r\n'],
  ['headers beyond 16 KiB', `GET /bucket HTTP/1.1\r\nHost: a\r\nX-A: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['another protocol', '\x16\x03\x01\x02\x00\x01'],
];

for (const [why, text] of HOSTILE) {
  test(`refused and closed: ${why}`, async () => {
    await using server = await startWireServer({});
    await using client = await RawClient.connect(server.port);
    client.send(text);
    const answer = await client.answer();
    assert.equal(answer.status, 400);
    await client.closed();
  });
}

test('a request without a host is refused', async () => {
  await using server = await startWireServer({});
  assert.equal(xmlField(await rawRequest(server.port, 'GET', '/bucket', {}), 'Code'), 'MissingSecurityHeader');
});

test('a request with two hosts is refused', async () => {
  await using server = await startWireServer({});
  await using client = await RawClient.connect(server.port);
  client.send('GET /bucket HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n');
  const answer = await client.answer();
  assert.deepEqual([answer.status, xmlField(answer, 'Code')], [400, 'InvalidRequest']);
});

test('an answer that breaks off is a cut connection, never a clean end', async () => {
  const bytes = Buffer.alloc(300_000, 'b');
  await using server = await startWireServer({
    GetObject: streamingGet(bytes, 100_000, (sentBytes) => {
      if (sentBytes === 200_000) throw new Error('the disk is gone');
    }),
  });
  const signed = sign({ method: 'GET', path: '/bucket/key' });
  await using client = await RawClient.connect(server.port);
  client.sendHead('GET', signed.target, signed.headers);
  await assert.rejects(client.answer(), /connection closed/);
});

test('an answer that fails before its first byte is an error answer', async () => {
  await using server = await startWireServer({
    GetObject: streamingGet(Buffer.alloc(10), 10, () => {
      throw new Failure('ServiceUnavailable', undefined, { headers: { 'Retry-After': '5' } });
    }),
  });
  const signed = sign({ method: 'GET', path: '/bucket/key' });
  const answer = await rawRequest(server.port, 'GET', signed.target, signed.headers);
  assert.equal(answer.status, 503);
  assert.equal(answer.headers['retry-after'], '5');
  assert.equal(xmlField(answer, 'Code'), 'ServiceUnavailable');
});

test('a stream of another length than announced is cut', async () => {
  for (const [announced, actual] of [
    [100, 90],
    [100, 110],
  ] as const) {
    await using server = await startWireServer({
      GetObject: async () => ({
        status: 200,
        headers: {},
        body: {
          kind: 'stream',
          sizeBytes: announced,
          chunks: (async function* () {
            yield { pieces: [Buffer.alloc(50)], sizeBytes: 50, release: () => undefined };
            yield { pieces: [Buffer.alloc(actual - 50)], sizeBytes: actual - 50, release: () => undefined };
          })(),
        },
      }),
    });
    const signed = sign({ method: 'GET', path: '/bucket/key' });
    await assert.rejects(rawRequest(server.port, 'GET', signed.target, signed.headers), /connection closed/);
  }
});

test('a bug is InternalError, and the next request is served', async () => {
  await using server = await startWireServer({
    GetObject: async () => {
      throw new TypeError('undefined is not a function');
    },
  });
  await using client = await RawClient.connect(server.port);
  for (let i = 0; i < 2; i++) {
    const signed = sign({ method: 'GET', path: '/bucket/key' });
    client.sendHead('GET', signed.target, signed.headers);
    const answer = await client.answer();
    assert.equal(answer.status, 500);
    assert.equal(xmlField(answer, 'Code'), 'InternalError');
    assert.doesNotMatch(answer.body.toString(), /function/);
  }
});

test('chunk buffers are given back, also when the client leaves', async () => {
  let open = 0;
  await using server = await startWireServer({
    GetObject: async () => ({
      status: 200,
      headers: {},
      body: {
        kind: 'stream',
        sizeBytes: 200 * 1024 * 1024,
        chunks: (async function* () {
          for (let i = 0; i < 200; i++) {
            open++;
            yield { pieces: [Buffer.alloc(1024 * 1024)], sizeBytes: 1024 * 1024, release: () => void open-- };
          }
        })(),
      },
    }),
  });
  const signed = sign({ method: 'GET', path: '/bucket/key' });
  const client = await RawClient.connect(server.port);
  client.sendHead('GET', signed.target, signed.headers);
  client.socket.pause();
  while (open < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.ok(open < 20, 'the answer waits for its reader');
  client.socket.destroy();
  for (let i = 0; i < 200 && open > 0; i++) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(open, 0);
});

test('virtual-hosted requests name the bucket in the host', async () => {
  const { wireContext } = await import('../support/s3/wire-server.ts');
  const stored: Stored[] = [];
  await using server = await startWireServer(
    { PutObject: storingPut(stored) },
    { context: wireContext({ domain: 's3.example.com' }) },
  );
  const signed = sign({ method: 'PUT', path: '/a/b', payload: 'UNSIGNED-PAYLOAD', host: 'bucket.s3.example.com:80' });
  const answer = await rawRequest(server.port, 'PUT', signed.target, { ...signed.headers, 'content-length': '1' }, 'x');
  assert.equal(answer.status, 200);
  assert.equal(stored[0]?.key, 'a/b');
});
