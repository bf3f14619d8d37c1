import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import sharp from 'sharp';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300"><rect width="900" height="300" fill="teal"/></svg>';

describe('thumbnails', () => {
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
    await admin.send('POST', '/api/v1/buckets', { name: 'office', versioning: false });
  });
  after(() => server.close());

  const put = (Key: string, Body: Uint8Array | string, more: object = {}) =>
    server.client.send(new PutObjectCommand({ Bucket: 'office', Key, Body, ...more }));
  const get = (key: string, client = admin, headers: Record<string, string> = {}) =>
    client.send('GET', `/api/v1/buckets/office/thumbnail?key=${encodeURIComponent(key)}`, undefined, headers);
  const picture = (format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff', colour = 'teal') =>
    sharp({ create: { width: 900, height: 300, channels: 3, background: colour } })
      .toFormat(format)
      .toBuffer();
  const sizeOf = async (response: Response) => {
    assert.equal(response.status, 200, await response.clone().text());
    const { width, height, format } = await sharp(await response.bytes()).metadata();
    return `${format} ${width}x${height}`;
  };
  const cached = () => readdirSync(join(server.dataDir, 'cache', 'thumbnails'));

  it('makes small ones of every kind of picture, by its bytes', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif', 'tiff'] as const) {
      await put(`p.${format}`, await picture(format));
      assert.equal(await sizeOf(await get(`p.${format}`)), 'webp 320x107', format);
    }
    await put('named-wrong.png', await picture('jpeg'));
    assert.equal(await sizeOf(await get('named-wrong.png')), 'webp 320x107');
    await put('by-type', await picture('jpeg'), { ContentType: 'image/jpeg' });
    assert.equal(await sizeOf(await get('by-type')), 'webp 320x107');
  });

  it('turns a photo as its camera was held, and keeps nothing of where it was taken', async () => {
    const photo = await picture('jpeg');
    // EXIF that says: turned by a quarter (tag 0x112 is 6); and behind it what nobody needs to know.
    const tiff = 'II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0secret place';
    const exif = Buffer.from(`\xff\xe1\0${String.fromCharCode(8 + tiff.length)}Exif\0\0${tiff}`, 'latin1');
    await put('turned.jpg', Buffer.concat([photo.subarray(0, 2), exif, photo.subarray(2)]));
    const response = await get('turned.jpg');
    const bytes = await response.clone().bytes();
    assert.equal(await sizeOf(response), 'webp 107x320');
    assert.ok(!Buffer.from(bytes).includes('secret place'));
  });

  it('is kept by content, for this person only, and asked for again by its tag', async () => {
    const before = cached().length;
    const first = await get('p.jpeg');
    const etag = first.headers.get('etag') ?? '';
    assert.match(first.headers.get('cache-control') ?? '', /^private/);
    assert.equal(first.headers.get('content-type'), 'image/webp');
    assert.equal((await get('p.jpeg', admin, { 'if-none-match': etag })).status, 304);
    assert.equal(cached().length, before);
    await put('p.jpeg', await picture('jpeg', 'red'));
    const changed = await get('p.jpeg', admin, { 'if-none-match': etag });
    assert.equal(changed.status, 200);
    const { dominant } = await sharp(await changed.bytes()).stats();
    assert.ok(dominant.r > 200 && dominant.g < 60, 'the picture that was overwritten is not shown');
  });

  it('has none of what is no picture, is a program, or is a trap', async () => {
    const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: 'white' } })
      .png()
      .toBuffer();
    const nothing: Record<string, Uint8Array | string> = {
      'drawing.svg': SVG,
      'drawing.png': SVG,
      'broken.jpg': (await picture('jpeg')).subarray(0, 300),
      'noise.png': createCipheriv('aes-128-ctr', Buffer.alloc(16), Buffer.alloc(16)).update(Buffer.alloc(5000)),
      'bomb.png': bomb,
      'empty.png': '',
      'text.txt': 'text',
    };
    for (const [key, body] of Object.entries(nothing)) {
      await put(key, body, key === 'drawing.svg' ? { ContentType: 'image/svg+xml' } : {});
      const response = await get(key);
      assert.deepEqual([response.status, await codeOf(response)], [404, 'NoThumbnail'], key);
    }
    assert.equal((await get('absent.png')).status, 404);
    assert.equal(await sizeOf(await get('p.png')), 'webp 320x107', 'the next one is made all the same');
  });

  it('is for those who may read the object', async () => {
    assert.equal((await get('p.png', reader)).status, 403);
    assert.equal((await fetch(`${server.consoleUrl}/api/v1/buckets/office/thumbnail?key=p.png`)).status, 401);
  });

  it('writes none of an encrypted object to the disk', async () => {
    await put('sealed.png', await picture('png', 'purple'), { ServerSideEncryption: 'AES256' });
    const before = cached().length;
    assert.equal(await sizeOf(await get('sealed.png')), 'webp 320x107');
    assert.equal(await sizeOf(await get('sealed.png')), 'webp 320x107');
    assert.equal(cached().length, before);
  });

  it('makes each once for many who ask, and goes on without its folder', async () => {
    await put('asked.png', await picture('png', 'orange'));
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('asked.png')));
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    rmSync(join(server.dataDir, 'cache', 'thumbnails'), { recursive: true });
    assert.equal(await sizeOf(await get('asked.png')), 'webp 320x107');
    assert.equal(cached().length, 1);
  });

  it('goes on after its process was killed in the middle of a picture', {
    skip: process.platform !== 'linux',
  }, async () => {
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ');
    const maker = children.find((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('thumbnail-process'));
    assert.ok(maker !== undefined);
    process.kill(Number(maker), 'SIGKILL');
    await put('after.png', await picture('png', 'lime'));
    // What was in the process when it died may have no picture; the next one has.
    await get('after.png');
    await put('after-that.png', await picture('png', 'navy'));
    assert.equal(await sizeOf(await get('after-that.png')), 'webp 320x107');
  });
});
