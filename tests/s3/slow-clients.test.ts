import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import type { S3Operation } from '../../src-server/s3/operation.ts';
import { RawClient, rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { sign, signedChunks, unsignedChunks } from '../support/s3/sign.ts';
import { type Stored, storingPut, streamingGet } from '../support/s3/wire-operations.ts';
import { startWireServer } from '../support/s3/wire-server.ts';

/*
 * Clients that never finish are cut off by how far they get, not by how long they take. Windows are short here; what is
 * asserted is who is cut off and who is not, never when.
 */
const MIB = 1024 * 1024;
const PROGRESS = { minBytesPerSecond: 1000, readWindowMs: 150, writeWindowMs: 150 };
const fixture = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');
const TLS = { cert: fixture('one.pem'), key: fixture('one.key') };
const LAX = { rejectUnauthorized: false };
const RULES = { progress: PROGRESS, sweepMs: 20, headersTimeoutMs: 200 };

const wholeAnswer = (sizeBytes: number): S3Operation => {
  return async () => ({ status: 200, headers: {}, body: { kind: 'bytes', bytes: Buffer.alloc(sizeBytes) } });
};

/** The head of a PUT that announces `contentLength` bytes. */
function putHead(client: RawClient, contentLength: number, more: Record<string, string> = {}): void {
  const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
  client.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': String(contentLength), ...more });
}

/** Sends a byte now and then until the server has had enough. */
function trickle(client: RawClient, text = 'x'): Disposable {
  const timer = setInterval(() => client.send(text), 20);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

test('headers that do not end: on a new connection, after an answered request, or not one byte of them', async () => {
  await using server = await startWireServer({}, RULES);
  await using fresh = await RawClient.connect(server.port);
  fresh.send('PUT /bucket/key HTTP/1.1\r\nHost: a\r\nX-Pad: ');
  await using reused = await RawClient.connect(server.port);
  reused.sendHead('GET', '/', { host: 'a' });
  assert.equal((await reused.answer()).status, 403);
  reused.send('GET /bucket HTTP/1.1\r\nHos');
  await using silent = await RawClient.connect(server.port);
  using _one = trickle(fresh);
  using _other = trickle(reused);
  for (const client of [fresh, reused, silent]) {
    const answer = await client.answer();
    assert.deepEqual([answer.status, xmlField(answer, 'Code')], [400, 'RequestTimeout']);
    await client.closed();
  }
});

test('a TLS handshake that does not begin', async () => {
  await using server = await startWireServer({}, { ...RULES, tls: TLS });
  await using client = await RawClient.connect(server.port);
  await client.closed();
});

const BODIES: Readonly<Record<string, (client: RawClient) => void>> = {
  'a plain body': (client) => putHead(client, 1000),
  'a body after 100 Continue': (client) => putHead(client, 1000, { expect: '100-continue' }),
  'a chunk of HTTP': (client) => {
    const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
    client.sendHead('PUT', '/bucket/key', { ...signed.headers, 'transfer-encoding': 'chunked' });
    client.send('ff\r\n');
  },
  'a signed chunk': (client) => {
    const headers = { 'x-amz-decoded-content-length': '9000' };
    const payload = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
    const signed = sign({ method: 'PUT', path: '/bucket/key', payload, headers });
    const body = signedChunks(signed, Buffer.alloc(9000), 9000);
    client.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': String(body.length) });
    client.send(body.subarray(0, 500));
  },
  'the fields of a form': (client) => {
    const type = 'multipart/form-data; boundary=b';
    client.sendHead('POST', '/bucket', { host: 'a', 'content-type': type, 'content-length': '5000' });
    client.send('--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n');
  },
  'a trailer': (client) => {
    const headers = { 'x-amz-decoded-content-length': '3', 'x-amz-trailer': 'x-amz-checksum-crc32' };
    const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER', headers });
    const body = unsignedChunks(Buffer.from('abc'), 3, { 'x-amz-checksum-crc32': 'NSRBwg==' });
    client.sendHead('PUT', '/bucket/key', { ...signed.headers, 'content-length': String(body.length) });
    client.send(body.subarray(0, body.length - 10));
  },
};

/** An answer in one piece and one in chunks: both wait in node, in libuv and in the kernel. */
const READ_SLOWLY: Readonly<Record<string, S3Operation>> = {
  'an answer in one piece': wholeAnswer(24 * MIB),
  'a stream': streamingGet(Buffer.alloc(24 * MIB), MIB),
};

// Beside each other: an answer is followed by some seconds in which a stuck client may still read it.
describe('bodies and answers', { concurrency: true }, () => {
  test('a body that does not end stores nothing and is told so', async () => {
    const stored: Stored[] = [];
    await using server = await startWireServer({ PutObject: storingPut(stored) }, RULES);
    await Promise.all(
      Object.entries(BODIES).map(async ([what, begin]) => {
        await using client = await RawClient.connect(server.port);
        begin(client);
        let answer = await client.answer();
        if (answer.status === 100) answer = await client.answer();
        assert.deepEqual([answer.status, xmlField(answer, 'Code')], [400, 'RequestTimeout'], what);
        assert.equal(answer.headers['connection'], 'close');
        await client.closed();
      }),
    );
    assert.deepEqual(stored, []);
  });

  for (const [what, GetObject] of Object.entries(READ_SLOWLY)) {
    for (const scheme of ['http', 'https']) {
      test(`${what} over ${scheme} that is read slowly, but steadily, arrives`, async () => {
        // Reader and server share an event loop: the window is longer than a busy machine holds it up.
        const progress = { ...PROGRESS, minBytesPerSecond: 100_000, writeWindowMs: 800 };
        const tls = scheme === 'https' ? TLS : undefined;
        await using server = await startWireServer({ GetObject }, { progress, sweepMs: 20, tls });
        const socket =
          tls === undefined ? connect(server.port, '127.0.0.1') : connectTls(server.port, '127.0.0.1', LAX);
        let sizeBytes = 0;
        socket.on('data', (bytes: Buffer) => {
          const before = sizeBytes;
          sizeBytes += bytes.length;
          // A pause every 64 KiB, however they come.
          if (before >> 16 === sizeBytes >> 16) return;
          socket.pause();
          setTimeout(() => socket.resume(), 3);
        });
        const { headers } = sign({ method: 'GET', path: '/bucket/key' });
        const lines = Object.entries({ ...headers, connection: 'close' }).map(
          ([name, value]) => `${name}: ${value}\r\n`,
        );
        socket.write(`GET /bucket/key HTTP/1.1\r\n${lines.join('')}\r\n`);
        await once(socket, 'close');
        assert.ok(sizeBytes > 24 * MIB);
      });
    }
  }

  test('many stuck clients keep nobody else waiting', async () => {
    const stored: Stored[] = [];
    await using server = await startWireServer({ PutObject: storingPut(stored) }, RULES);
    const stuck = await Promise.all(Array.from({ length: 300 }, () => RawClient.connect(server.port)));
    for (const [i, client] of stuck.entries()) {
      if (i % 2 === 0) putHead(client, 1_000_000);
      else client.send('GET / HTTP/1.1\r\n');
    }
    const signed = sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' });
    for (let i = 0; i < 20; i++) {
      const headers = { ...signed.headers, 'content-length': '5' };
      assert.equal((await rawRequest(server.port, 'PUT', '/bucket/key', headers, 'quick')).status, 200);
    }
    await Promise.all(stuck.map((client) => client.closed()));
    assert.equal(stored.length, 20);
  });
});

test('a body that nobody wants and that does not end', async () => {
  await using server = await startWireServer({}, RULES);
  await using client = await RawClient.connect(server.port);
  // Refused at once; small enough that the connection would go on once the body is there.
  client.sendHead('PUT', '/bucket/key', { host: 'a', 'content-length': '1000' });
  assert.equal((await client.answer()).status, 403);
  using _ = trickle(client);
  await client.closed();
});

const UNREAD: Readonly<Record<string, S3Operation>> = {
  'a stream': streamingGet(Buffer.alloc(64 * MIB), MIB),
  // No more is in flight than the sender allows, so nobody waits to send; the socket does.
  'the end of a stream': streamingGet(Buffer.alloc(12 * MIB), 12 * MIB),
  'an answer in one piece': wholeAnswer(64 * MIB),
};

for (const [what, GetObject] of Object.entries(UNREAD)) {
  test(`${what} that is not read is cut off`, async () => {
    await using server = await startWireServer({ GetObject }, RULES);
    await using client = await RawClient.connect(server.port);
    client.socket.pause();
    client.sendHead('GET', '/bucket/key', sign({ method: 'GET', path: '/bucket/key' }).headers);
    while (server.facts.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    client.socket.resume();
    await client.closed();
  });
}

test('a request that waits for its turn behind a slow one is not cut off', async () => {
  await using server = await startWireServer(
    {
      GetObject: async (_context, request) => {
        if (request.target.scope === 'object' && request.target.key === 'long') {
          await new Promise((resolve) => setTimeout(resolve, 600));
        }
        return { status: 200, headers: {}, body: { kind: 'bytes', bytes: Buffer.from('here') } };
      },
    },
    RULES,
  );
  await using client = await RawClient.connect(server.port);
  client.sendHead('GET', '/bucket/long', sign({ method: 'GET', path: '/bucket/long' }).headers);
  client.sendHead('GET', '/bucket/quick', sign({ method: 'GET', path: '/bucket/quick' }).headers);
  assert.equal((await client.answer()).body.toString(), 'here');
  assert.equal((await client.answer()).body.toString(), 'here');
});
