import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { RawClient, rawRequest, xmlField } from '../support/s3/raw-client.ts';
import { sign } from '../support/s3/sign.ts';
import { type Stored, storingPut } from '../support/s3/wire-operations.ts';
import { startWireServer } from '../support/s3/wire-server.ts';
import { startTestServer } from '../support/test-server.ts';

/* What HTTP leaves to a server, or what node would answer by itself. */

const put = () => sign({ method: 'PUT', path: '/bucket/key', payload: 'UNSIGNED-PAYLOAD' }).headers;

test('an expectation that nobody knows is ignored, not answered past S3', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const headers = { ...put(), expect: 'the unexpected', 'content-length': '3' };
  assert.equal((await rawRequest(server.port, 'PUT', '/bucket/key', headers, 'abc')).status, 200);
  assert.equal(stored[0]?.bytes.toString(), 'abc');
  const refused = await rawRequest(server.port, 'GET', '/bucket/key', { host: 'a', expect: '200-ok' });
  assert.equal(xmlField(refused, 'RequestId'), refused.headers['x-amz-request-id']);
});

test('headers count all, however many there are', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  const send = async (last: Record<string, string>) => {
    await using client = await RawClient.connect(server.port);
    const lines = Object.entries({ ...put(), 'content-length': '3', ...last });
    const junk = 'a:\r\n'.repeat(2500);
    client.send(
      `PUT /bucket/key HTTP/1.1\r\n${junk}${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\nabc`,
    );
    return await client.answer();
  };
  assert.equal((await send({})).status, 200);
  assert.equal(xmlField(await send({ 'x-amz-storage-class': 'STANDARD_IA' }), 'Code'), 'AccessDenied');
  assert.equal(stored.length, 1);
});

test('header lines beyond the limit are refused by name', async () => {
  await using server = await startWireServer({});
  const headers = { host: 'a', 'x-amz-meta-a': 'x'.repeat(17_000) };
  const refused = await rawRequest(server.port, 'GET', '/bucket', headers);
  assert.deepEqual([refused.status, xmlField(refused, 'Code')], [400, 'RequestHeaderSectionTooLarge']);
});

test('an upgrade that is asked for is an ordinary request', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  for (const upgrade of ['websocket', 'h2c']) {
    const headers = { ...put(), connection: 'Upgrade', upgrade, 'content-length': '3' };
    assert.equal((await rawRequest(server.port, 'PUT', '/bucket/key', headers, 'abc')).status, 200);
  }
  assert.equal(stored.length, 2);
});

test('methods that S3 does not have are 405, and CONNECT is cut off', async () => {
  await using server = await startWireServer({});
  for (const method of ['PATCH', 'TRACE', 'PROPFIND', 'LOCK', 'MKCOL']) {
    const signed = sign({ method, path: '/bucket/key' });
    const answer = await rawRequest(server.port, method, '/bucket/key', signed.headers);
    assert.deepEqual([answer.status, xmlField(answer, 'Code')], [405, 'MethodNotAllowed'], method);
    assert.match(answer.headers['allow'] ?? '', /GET, HEAD, PUT/);
  }
  await using client = await RawClient.connect(server.port);
  client.send('CONNECT elsewhere:443 HTTP/1.1\r\nHost: elsewhere\r\n\r\n');
  await client.closed();
});

test('a target that is no path is refused by name', async () => {
  await using server = await startWireServer({});
  for (const target of ['http://a/bucket/key', '*', 'bucket/key']) {
    const answer = await rawRequest(server.port, 'GET', target, { host: 'a' });
    assert.equal(answer.status, 400, target);
    assert.equal(xmlField(answer, 'RequestId'), answer.headers['x-amz-request-id'], target);
  }
});

test('HTTP/1.0 is served, its connection then ends', async () => {
  await using server = await startWireServer({});
  await using client = await RawClient.connect(server.port);
  client.send('GET /bucket HTTP/1.0\r\n\r\n');
  assert.equal((await client.answer()).status, 403);
  await client.closed();
});

test('a body nobody reads does not become the next request', async () => {
  const stored: Stored[] = [];
  await using server = await startWireServer({ PutObject: storingPut(stored) });
  await using client = await RawClient.connect(server.port);
  const { headers } = sign({ method: 'PUT', path: '/bucket/smuggled', payload: 'UNSIGNED-PAYLOAD' });
  const inner = `PUT /bucket/smuggled HTTP/1.1\r\n${Object.entries({ ...headers, 'content-length': '0' })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')}\r\n`;
  // As the body of a request that is refused before it is read, and of one that has none.
  client.sendHead('PUT', '/bucket/key', { host: 'a', 'content-length': String(inner.length) });
  client.send(inner);
  assert.equal((await client.answer()).status, 403);
  client.sendHead('GET', '/bucket/key', { host: 'a', 'content-length': String(inner.length) });
  client.send(inner);
  assert.equal((await client.answer()).status, 403);
  client.sendHead('GET', '/', { host: 'a' });
  assert.equal(xmlField(await client.answer(), 'Resource'), '/');
  assert.deepEqual(stored, []);
});

test('a request without any word of a body has none, and is answered at once', async () => {
  const server = await startTestServer();
  after(() => server.close());
  const { host, port } = new URL(server.endpoint);
  const { accessKeyId: accessKey, secretAccessKey: secret } = server.rootCredentials;
  const send = async (method: string, path: string, query: Record<string, string> = {}) => {
    const { headers, target } = sign({ method, path, query, host, accessKey, secret });
    const answer = await rawRequest(Number(port), method, target, headers);
    return answer.status === 200 ? '200' : `${answer.status} ${xmlField(answer, 'Code')}`;
  };
  assert.equal(await send('PUT', '/bucket'), '200');
  assert.equal(await send('PUT', '/bucket', { versioning: '' }), '400 MissingRequestBodyError');
  assert.equal(await send('PUT', '/bucket', { acl: '' }), '400 MissingSecurityHeader');
  assert.equal(await send('POST', '/bucket', { delete: '' }), '400 InvalidRequest');
  assert.equal(await send('POST', '/bucket/key', { uploads: '' }), '200');
  assert.equal(await send('PUT', '/bucket/key'), '411 MissingContentLength');
});
