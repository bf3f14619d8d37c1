import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { storedObjectSchema } from '../../src-server/contract/content.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKET = '/api/v1/buckets/office';
/** Large enough to be read from a container in several chunks. */
const LARGE = randomBytes(9_000_000);

describe('uploads and downloads of the console', () => {
  let server: TestServer;
  let admin: ConsoleClient;
  let reader: ConsoleClient;
  before(async () => {
    server = await startTestServer();
    await provision(server.context, {
      users: (['admin', 'readonly'] as const).map((role) => ({ name: role, role, password: PASSWORD })),
    });
    admin = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    reader = await signInTo(server.consoleUrl, 'readonly', PASSWORD);
    assert.equal((await admin.send('POST', '/api/v1/buckets', { name: 'office' })).status, 201);
    assert.equal((await upload('large.bin', LARGE, 'video/mp4')).status, 201);
  });
  after(() => server.close());

  const upload = (key: string, body: Uint8Array<ArrayBuffer> | string, type?: string, client = admin) =>
    fetch(`${server.consoleUrl}${BUCKET}/object?key=${encodeURIComponent(key)}`, {
      method: 'PUT',
      headers: {
        cookie: client.cookie,
        'x-csrf-token': client.csrfToken,
        ...(type === undefined ? {} : { 'content-type': type }),
      },
      body,
    });
  const link = async (key: string, download = false, client = admin) => {
    const response = await client.send('POST', `${BUCKET}/content-links`, { key, download });
    assert.equal(response.status, 201);
    return `${server.consoleUrl}${z.object({ url: z.string() }).parse(await response.json()).url}`;
  };

  it('stores what is sent, under any key', async () => {
    for (const key of ['a.txt', 'ü/ö & ?.txt', 'a//b', '..', 'with+plus']) {
      const response = await upload(key, 'hello', 'text/plain');
      assert.equal(response.status, 201, key);
      const stored = storedObjectSchema.parse(await response.json());
      assert.deepEqual(stored, { key, sizeBytes: 5, etag: '5d41402abc4b2a76b9719d911017c592' });
      assert.equal(await (await fetch(await link(key))).text(), 'hello');
    }
    assert.equal(await (await upload('empty', '')).status, 201);
    assert.equal((await (await fetch(await link('empty'))).bytes()).byteLength, 0);
  });

  it('refuses an upload without right, token or key', async () => {
    const cases: readonly (readonly [Promise<Response>, number, string])[] = [
      [upload('x', 'y', 'text/plain', { ...admin, csrfToken: 'wrong' }), 403, 'RequestForged'],
      [upload('x', 'y', 'text/plain', { ...admin, cookie: '' }), 401, 'SignInNeeded'],
      [upload('x', 'y', 'text/plain', reader), 403, 'AccessDenied'],
      [upload('', 'y'), 400, 'InvalidRequest'],
      [upload('ü'.repeat(1000), 'y'), 400, 'KeyTooLongError'],
      [reader.send('POST', `${BUCKET}/content-links`, { key: 'large.bin' }), 403, 'AccessDenied'],
      [admin.send('POST', `${BUCKET}/content-links`, { key: 'absent' }), 404, 'NoSuchKey'],
    ];
    for (const [answer, status, code] of cases) {
      const response = await answer;
      assert.deepEqual([response.status, await codeOf(response)], [status, code]);
    }
  });

  it('leaves nothing of an upload that ends early', async () => {
    await new Promise<void>((resolve) => {
      const { csrfToken, cookie } = admin;
      const request = httpRequest(`${server.consoleUrl}${BUCKET}/object?key=half`, {
        method: 'PUT',
        headers: { cookie, 'x-csrf-token': csrfToken, 'content-length': '1000000' },
      });
      request.on('error', () => resolve());
      request.write(Buffer.alloc(1000), () => request.destroy(new Error('gone')));
    });
    const response = await admin.send('POST', `${BUCKET}/content-links`, { key: 'half' });
    assert.equal(response.status, 404);
  });

  it('gives all bytes, ranges of them, and their facts to HEAD, without a cookie', async () => {
    const url = await link('large.bin');
    assert.ok(LARGE.equals(await (await fetch(url)).bytes()));
    const head = await fetch(url, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('content-length')], [200, '9000000']);
    assert.equal(head.headers.get('accept-ranges'), 'bytes');
    const part = await fetch(url, { headers: { range: 'bytes=1000-4999999' } });
    assert.deepEqual([part.status, part.headers.get('content-range')], [206, 'bytes 1000-4999999/9000000']);
    assert.ok(LARGE.subarray(1000, 5_000_000).equals(await part.bytes()));
    const etag = head.headers.get('etag') ?? '';
    assert.equal((await fetch(url, { headers: { range: 'bytes=0-0', 'if-range': etag } })).status, 206);
    assert.equal((await fetch(url, { headers: { range: 'bytes=0-0', 'if-range': '"other"' } })).status, 200);
    const beyond = await fetch(url, { headers: { range: 'bytes=9000000-' } });
    assert.deepEqual([beyond.status, beyond.headers.get('content-range')], [416, 'bytes */9000000']);
  });

  it('shows only what cannot script, and sandboxes it all', async () => {
    const types: readonly (readonly [string, string, string])[] = [
      ['image/png', 'image/png', 'inline'],
      ['text/plain', 'text/plain; charset=utf-8', 'inline'],
      ['application/pdf', 'application/pdf', 'inline'],
      ['video/mp4; codecs="x"', 'video/mp4', 'inline'],
      ['audio/ogg', 'audio/ogg', 'inline'],
      ['audio/x+xml', 'application/octet-stream', 'attachment'],
      ['Video/vnd.a+XML; x=y', 'application/octet-stream', 'attachment'],
      ['text/html', 'application/octet-stream', 'attachment'],
      ['IMAGE/SVG+XML', 'application/octet-stream', 'attachment'],
      ['application/xhtml+xml', 'application/octet-stream', 'attachment'],
      ['text/javascript', 'application/octet-stream', 'attachment'],
    ];
    for (const [stored, sent, disposition] of types) {
      assert.equal((await upload('page', '<script>1</script>', stored)).status, 201);
      const { headers } = await fetch(await link('page'));
      assert.equal(headers.get('content-type'), sent);
      assert.ok(headers.get('content-disposition')?.startsWith(`${disposition};`), stored);
      assert.match(headers.get('content-security-policy') ?? '', /^sandbox; default-src 'none'/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
    await upload("dir/a 'ü'.png", 'x', 'image/png');
    const { headers } = await fetch(await link("dir/a 'ü'.png", true));
    assert.equal(headers.get('content-disposition'), "attachment; filename*=UTF-8''a%20%27%C3%BC%27.png");
  });

  it('ends a link with its session, and knows no other', async () => {
    const other = await signInTo(server.consoleUrl, 'admin', PASSWORD);
    await server.client.send(new PutObjectCommand({ Bucket: 'office', Key: 'k', Body: 'by s3' }));
    const url = await link('k', false, other);
    assert.equal(await (await fetch(url)).text(), 'by s3');
    await other.send('DELETE', '/api/v1/session');
    for (const gone of [url, `${server.consoleUrl}/content/${'A'.repeat(43)}`]) {
      const response = await fetch(gone);
      assert.deepEqual([response.status, await codeOf(response)], [404, 'NoSuchLink']);
    }
  });
});
