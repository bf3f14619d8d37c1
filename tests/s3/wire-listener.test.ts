import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { startS3Listener } from '../../src-server/s3/listener.ts';
import { RawClient, rawRequest } from '../support/s3/raw-client.ts';
import { sign } from '../support/s3/sign.ts';
import { startWireServer, tableWith, wireContext } from '../support/s3/wire-server.ts';

const HOST = '127.0.0.1';

test('closing waits for the running request and ends idle connections at once', async () => {
  let finish = (): void => undefined;
  const running = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let started = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    started = resolve;
  });
  const listener = await startS3Listener(wireContext(), {
    host: HOST,
    port: 0,
    table: tableWith({
      GetObject: async () => {
        started();
        await running;
        return { status: 200, headers: {}, body: { kind: 'empty' } };
      },
    }),
  });
  await using idle = await RawClient.connect(listener.address.port);
  idle.sendHead('GET', '/', { host: 'a' });
  await idle.answer();
  await using busy = await RawClient.connect(listener.address.port);
  const signed = sign({ method: 'GET', path: '/bucket/key' });
  busy.sendHead('GET', '/bucket/key', signed.headers);
  await begun;
  let isClosed = false;
  const closing = listener.close(10_000).then(() => {
    isClosed = true;
  });
  await idle.closed();
  await assert.rejects(RawClient.connect(listener.address.port));
  assert.equal(isClosed, false);
  finish();
  const answer = await busy.answer();
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['connection'], 'close');
  await closing;
});

test('closing cuts off what is still running at the deadline', async () => {
  const listener = await startS3Listener(wireContext(), {
    host: HOST,
    port: 0,
    table: tableWith({ GetObject: () => new Promise(() => undefined) }),
  });
  await using busy = await RawClient.connect(listener.address.port);
  busy.sendHead('GET', '/bucket/key', sign({ method: 'GET', path: '/bucket/key' }).headers);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await listener.close(50);
  await busy.closed();
});

test('a port that is taken is a rejection', async () => {
  await using server = await startWireServer({});
  await assert.rejects(startS3Listener(wireContext(), { host: HOST, port: server.port }), { code: 'EADDRINUSE' });
});

test('two listeners share a port where the system can', { skip: process.platform !== 'linux' }, async () => {
  const first = await startS3Listener(wireContext(), { host: HOST, port: 0, reusePort: true });
  const second = await startS3Listener(wireContext(), { host: HOST, port: first.address.port, reusePort: true });
  for (let i = 0; i < 10; i++)
    assert.equal((await rawRequest(first.address.port, 'GET', '/', { host: 'a' })).status, 403);
  await first.close(50);
  assert.equal((await rawRequest(second.address.port, 'GET', '/', { host: 'a' })).status, 403);
  await second.close(50);
});

test('connections of one address are capped, and a closed one makes room', async () => {
  await using server = await startWireServer({}, { maxConnectionsPerAddress: 2 });
  const first = await RawClient.connect(server.port);
  await using second = await RawClient.connect(server.port);
  await using third = await RawClient.connect(server.port);
  await third.closed();
  second.sendHead('GET', '/', { host: 'a' });
  assert.equal((await second.answer()).status, 403);
  first.socket.destroy();
  for (let i = 0; ; i++) {
    const answer = await rawRequest(server.port, 'GET', '/', { host: 'a' }).catch(() => undefined);
    if (answer?.status === 403) break;
    assert.ok(i < 100);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
});

test('headers that never end are cut off', async () => {
  await using server = await startWireServer({}, { headersTimeoutMs: 100 });
  await using client = await RawClient.connect(server.port);
  client.send('GET / HTTP/1.1\r\nHost: a\r\n');
  const trickle = setInterval(() => client.send('X-A: b\r\n'), 20);
  const answer = await client.answer();
  clearInterval(trickle);
  assert.equal(answer.status, 400);
  assert.match(answer.body.toString(), /RequestTimeout/);
  await client.closed();
});

test('TLS serves, and another certificate takes over without a restart', async () => {
  const [first, second] = [certificate('one'), certificate('two')];
  const listener = await startS3Listener(wireContext(), { host: HOST, port: 0, tls: first });
  assert.deepEqual(await askOverTls(listener.address.port), [403, 'one.test']);
  listener.reloadTls(second);
  assert.deepEqual(await askOverTls(listener.address.port), [403, 'two.test']);
  assert.throws(() => listener.reloadTls({ cert: first.cert, key: second.key }));
  assert.deepEqual(await askOverTls(listener.address.port), [403, 'two.test']);
  await listener.close(50);
});

/** Made for tests, self-signed, valid for a hundred years. */
function certificate(name: string): { cert: string; key: string } {
  const read = (extension: string) =>
    readFileSync(new URL(`../fixtures/tls/${name}.${extension}`, import.meta.url), 'utf8');
  return { cert: read('pem'), key: read('key') };
}

function askOverTls(port: number): Promise<[status: number | undefined, commonName: unknown]> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: HOST, port, path: '/', rejectUnauthorized: false, agent: false }, (response) => {
      // An https answer always comes over a TLS socket.
      const { CN } = (response.socket as TLSSocket).getPeerCertificate().subject;
      response.resume().on('end', () => resolve([response.statusCode, CN]));
    });
    asked.on('error', reject).end();
  });
}
