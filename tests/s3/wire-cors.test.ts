import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { presign, sign } from '../support/s3/sign.ts';
import { startWireServer, wireContext } from '../support/s3/wire-server.ts';

const CORS = JSON.stringify([
  {
    allowedOrigins: ['https://*.example.com'],
    allowedMethods: ['GET', 'PUT'],
    allowedHeaders: ['x-amz-*', 'Content-Type'],
    exposeHeaders: ['ETag', 'x-amz-version-id'],
    maxAgeSeconds: 600,
  },
  { allowedOrigins: ['*'], allowedMethods: ['GET'], allowedHeaders: [], exposeHeaders: [] },
]);

function start() {
  return startWireServer(
    { GetObject: async () => ({ status: 200, headers: {}, body: { kind: 'empty' } }) },
    { context: wireContext({ cors: CORS }) },
  );
}

test('a preflight is answered by the first rule that fits, unsigned', async () => {
  await using server = await start();
  const ask = (headers: Record<string, string>) =>
    rawRequest(server.port, 'OPTIONS', '/bucket/key', { host: 'localhost', ...headers });
  const answer = await ask({
    origin: 'https://app.example.com',
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'X-Amz-Date, content-type',
  });
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['access-control-allow-origin'], 'https://app.example.com');
  assert.equal(answer.headers['access-control-allow-methods'], 'GET, PUT');
  assert.equal(answer.headers['access-control-allow-headers'], 'x-amz-date, content-type');
  assert.equal(answer.headers['access-control-expose-headers'], 'ETag, x-amz-version-id');
  assert.equal(answer.headers['access-control-max-age'], '600');
  assert.equal(answer.headers['access-control-allow-credentials'], 'true');
  assert.match(answer.headers['vary'] ?? '', /Origin/);

  const url = presign({ method: 'PUT', path: '/bucket/key' });
  const presigned = await rawRequest(server.port, 'OPTIONS', url, {
    host: 'localhost',
    origin: 'https://app.example.com',
    'access-control-request-method': 'PUT',
  });
  assert.equal(presigned.headers['access-control-allow-origin'], 'https://app.example.com');

  const any = await ask({ origin: 'http://elsewhere', 'access-control-request-method': 'GET' });
  assert.equal(any.headers['access-control-allow-origin'], '*');
  assert.equal(any.headers['access-control-allow-credentials'], undefined);

  const refusals: Record<string, string>[] = [
    { origin: 'http://elsewhere', 'access-control-request-method': 'PUT' },
    { origin: 'https://app.example.com', 'access-control-request-method': 'DELETE' },
    {
      origin: 'https://app.example.com',
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'x-other',
    },
    { origin: 'https://example.com', 'access-control-request-method': 'PUT' },
    { origin: 'https://app.example.com.evil.org', 'access-control-request-method': 'PUT' },
  ];
  for (const headers of refusals) {
    const refused = await ask(headers);
    assert.equal(refused.status, 403);
    assert.equal(xmlField(refused, 'Code'), 'AccessDenied');
    assert.equal(refused.headers['access-control-allow-origin'], undefined);
  }
  assert.equal((await ask({ 'access-control-request-method': 'GET' })).status, 400);
  assert.equal((await ask({ origin: 'http://a' })).status, 400);
});

test('answers and errors carry the headers of the rule, and none without an origin', async () => {
  await using server = await start();
  const origin = 'https://app.example.com';
  const signed = sign({ method: 'GET', path: '/bucket/key' });
  const good = await rawRequest(server.port, 'GET', '/bucket/key', { ...signed.headers, origin });
  assert.equal(good.status, 200);
  assert.equal(good.headers['access-control-allow-origin'], origin);
  const url = presign({ method: 'GET', path: '/bucket/key' });
  const presigned = await rawRequest(server.port, 'GET', url, { host: 'localhost', origin });
  assert.equal(presigned.headers['access-control-allow-origin'], origin);
  const denied = await rawRequest(server.port, 'GET', '/bucket/key', { host: 'localhost', origin });
  assert.equal(denied.status, 403);
  assert.equal(denied.headers['access-control-allow-origin'], origin);
  const plain = await rawRequest(server.port, 'GET', '/bucket/key', signed.headers);
  assert.equal(plain.headers['access-control-allow-origin'], undefined);
  assert.equal(plain.headers['vary'], undefined);
  const put = await rawRequest(server.port, 'DELETE', '/bucket/key', { host: 'localhost', origin });
  assert.equal(put.headers['access-control-allow-origin'], undefined);
});

test('a bucket without rules, or none, tells nothing', async () => {
  await using server = await startWireServer({});
  for (const path of ['/bucket/key', '/absent/key', '/']) {
    const headers = { host: 'localhost', origin: 'http://a', 'access-control-request-method': 'GET' };
    const answer = await rawRequest(server.port, 'OPTIONS', path, headers);
    assert.equal(answer.status, 403);
    assert.equal(xmlField(answer, 'Code'), 'AccessDenied');
  }
});
