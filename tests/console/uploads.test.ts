import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { GetObjectCommand, HeadObjectCommand, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { postObjectBatch, postObjectProbe } from '../../src-server/contract/upload-batches.ts';
import { completedUploadSchema, getUploadParts, uploadPartSchema } from '../../src-server/contract/uploads.ts';
import { combineCrcs } from '../../src-server/domain/crc-combine.ts';
import { crc64 } from '../../src-server/storage/crc64-nvme.ts';
import { type ConsoleClient, codeOf, signInTo } from '../support/console-client.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { provision } from '../support/users.ts';

const PASSWORD = 'correct horse battery staple';
const BUCKET = '/api/v1/buckets/office';
const MIB = 1024 * 1024;
const FIRST = randomBytes(5 * MIB);
const LAST = randomBytes(1234);

interface Described {
  readonly key: string;
  readonly text: string;
  readonly rule?: 'absent' | 'any';
  readonly crc64nvme?: string;
  readonly sourceModifiedAtMs?: number;
}

describe('transfers of the console', () => {
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
  });
  after(() => server.close());

  const sendBytes = (method: string, path: string, body: Uint8Array, client = admin) =>
    fetch(`${server.consoleUrl}${path}`, {
      method,
      headers: { cookie: client.cookie, 'x-csrf-token': client.csrfToken },
      body: new Uint8Array(body),
    });
  const begin = async (key: string) => {
    const response = await admin.send('POST', `${BUCKET}/uploads`, { key, contentType: 'video/mp4' });
    assert.equal(response.status, 201);
    return z.object({ uploadId: z.string() }).parse(await response.json()).uploadId;
  };
  const putPart = (key: string, id: string, part: number, bytes: Uint8Array, crc = crcOf(bytes), client = admin) =>
    sendBytes(
      'PUT',
      `${BUCKET}/uploads/${id}/parts/${part}?${new URLSearchParams({ key, crc64nvme: crc })}`,
      bytes,
      client,
    );
  const batch = (files: readonly Described[], client = admin) =>
    sendBytes('POST', `${BUCKET}/objects/batch`, framed(files), client);
  const resultsOf = async (response: Response) =>
    postObjectBatch.answers[200].schema.parse(await response.json()).results;
  const stored = async (key: string) => {
    const { Body } = await server.client.send(new GetObjectCommand({ Bucket: 'office', Key: key }));
    return Buffer.from((await Body?.transformToByteArray()) ?? []);
  };

  it('stores an object in parts, every checksum compared', async () => {
    const key = 'videos/ä site.mp4';
    const id = await begin(key);
    const parts = [];
    for (const [index, bytes] of [FIRST, LAST].entries()) {
      const response = await putPart(key, id, index + 1, bytes);
      assert.equal(response.status, 200);
      const part = uploadPartSchema.parse(await response.json());
      assert.deepEqual([part.partNumber, part.sizeBytes, part.crc64nvme], [index + 1, bytes.length, crcOf(bytes)]);
      parts.push({ partNumber: part.partNumber, etag: part.etag });
    }
    const query = new URLSearchParams({ key, limit: '1' });
    const page = await admin.send('GET', `${BUCKET}/uploads/${id}/parts?${query}`);
    const listed = getUploadParts.answers[200].schema.parse(await page.json());
    assert.deepEqual([listed.parts.length, listed.nextAfter], [1, 1]);
    const whole = base64(
      combineCrcs(
        'CRC64NVME',
        [FIRST, LAST].map((b) => ({ crc: Buffer.from(crcOf(b), 'base64'), sizeBytes: b.length })),
      ),
    );
    const body = { key, parts, sizeBytes: FIRST.length + LAST.length, crc64nvme: whole };
    const path = `${BUCKET}/uploads/${id}/completion`;
    assert.equal(await codeOf(await admin.send('POST', path, { ...body, crc64nvme: crcOf(LAST) })), 'BadDigest');
    assert.equal(await codeOf(await admin.send('POST', path, { ...body, sizeBytes: 1 })), 'InvalidRequest');
    for (const _ of ['first', 'the same again']) {
      const response = await admin.send('POST', path, body);
      assert.equal(response.status, 200);
      assert.equal(completedUploadSchema.parse(await response.json()).crc64nvme, whole);
    }
    assert.ok((await stored(key)).equals(Buffer.concat([FIRST, LAST])));
    const head = await server.client.send(new HeadObjectCommand({ Bucket: 'office', Key: key }));
    assert.equal(head.ContentType, 'video/mp4');
  });

  it('refuses a part whose bytes are not those that were announced, and keeps nothing of it', async () => {
    const id = await begin('wrong');
    assert.equal(await codeOf(await putPart('wrong', id, 1, LAST, crcOf(FIRST))), 'BadDigest');
    const page = await admin.send('GET', `${BUCKET}/uploads/${id}/parts?key=wrong`);
    assert.deepEqual(await page.json(), { parts: [], nextAfter: null });
  });

  it('does not replace what came in between where it was told not to', async () => {
    const id = await begin('race');
    const part = uploadPartSchema.parse(await (await putPart('race', id, 1, LAST)).json());
    await batch([{ key: 'race', text: 'first' }]);
    const body = { key: 'race', parts: [{ partNumber: 1, etag: part.etag }], sizeBytes: LAST.length };
    const path = `${BUCKET}/uploads/${id}/completion`;
    const refused = await admin.send('POST', path, { ...body, rule: 'absent' });
    assert.deepEqual([refused.status, await codeOf(refused)], [412, 'PreconditionFailed']);
    assert.equal((await admin.send('POST', path, body)).status, 200);
    assert.ok((await stored('race')).equals(LAST));
  });

  it('ends an upload, and knows it no more', async () => {
    const id = await begin('ended');
    assert.equal((await admin.send('DELETE', `${BUCKET}/uploads/${id}?key=ended`)).status, 204);
    const again = await admin.send('DELETE', `${BUCKET}/uploads/${id}?key=ended`);
    assert.deepEqual([again.status, await codeOf(again)], [404, 'NoSuchUpload']);
    assert.equal(await codeOf(await putPart('ended', id, 1, LAST)), 'NoSuchUpload');
    const { Uploads = [] } = await server.client.send(new ListMultipartUploadsCommand({ Bucket: 'office' }));
    assert.ok(Uploads.every(({ Key }) => Key !== 'ended'));
  });

  it('stores a batch of small files; one that is refused costs the others nothing', async () => {
    await batch([{ key: 'batch/there', text: 'old' }]);
    const response = await batch([
      { key: 'batch/a', text: 'alpha', sourceModifiedAtMs: 1_700_000_000_123 },
      { key: 'batch/there', text: 'new', rule: 'absent' },
      { key: 'batch/wrong', text: 'x', crc64nvme: crcOf(FIRST) },
      { key: 'batch/empty folder/', text: '' },
      { key: 'ü'.repeat(1000), text: 'too long' },
      { key: 'batch/z', text: 'omega' },
    ]);
    const results = await resultsOf(response);
    assert.deepEqual(
      results.map((one) => (one.kind === 'stored' ? 'stored' : one.code)),
      ['stored', 'PreconditionFailed', 'BadDigest', 'stored', 'KeyTooLongError', 'stored'],
    );
    assert.equal((await stored('batch/z')).toString(), 'omega');
    assert.equal((await stored('batch/there')).toString(), 'old');
    const head = await server.client.send(new HeadObjectCommand({ Bucket: 'office', Key: 'batch/a' }));
    assert.deepEqual(head.Metadata, { mtime: '1700000000.123' });
  });

  it('refuses a batch whose list and bytes do not go together', async () => {
    const whole = framed([{ key: 'x', text: 'four' }]);
    const long = Buffer.from(whole);
    long.writeUInt32BE(1_000_000);
    for (const bytes of [whole.subarray(0, -1), Buffer.concat([whole, LAST]), long, Buffer.alloc(2), Buffer.alloc(4)]) {
      const response = await sendBytes('POST', `${BUCKET}/objects/batch`, bytes);
      assert.deepEqual([response.status, await codeOf(response)], [400, 'InvalidRequest']);
    }
    const large = await sendBytes('POST', `${BUCKET}/objects/batch`, Buffer.alloc(10 * MIB));
    assert.equal(large.status, 413);
  });

  it('tells which keys are there, with size, times and checksum', async () => {
    await batch([{ key: 'probe/a', text: 'alpha', sourceModifiedAtMs: 1_600_000_000_000 }]);
    const keys = ['probe/absent', 'probe/a', 'ü'.repeat(1000)];
    const response = await admin.send('POST', `${BUCKET}/objects/probe`, { keys });
    const { found } = postObjectProbe.answers[200].schema.parse(await response.json());
    assert.deepEqual(
      found.map(({ key, sizeBytes, sourceModifiedAtMs, crc64nvme }) => [key, sizeBytes, sourceModifiedAtMs, crc64nvme]),
      [['probe/a', 5, 1_600_000_000_000, crcOf(Buffer.from('alpha'))]],
    );
    const many = { keys: Array.from({ length: 1001 }, (_, index) => `k${index}`) };
    assert.equal((await admin.send('POST', `${BUCKET}/objects/probe`, many)).status, 400);
  });

  it('lets nobody write who may not', async () => {
    const id = await begin('guarded');
    const query = 'key=guarded';
    const forged = { ...admin, csrfToken: 'wrong' };
    assert.equal((await putPart('guarded', id, 1, LAST, crcOf(LAST), forged)).status, 403);
    assert.equal((await putPart('guarded', id, 1, LAST, crcOf(LAST), reader)).status, 403);
    assert.equal((await reader.send('POST', `${BUCKET}/uploads`, { key: 'guarded' })).status, 403);
    assert.equal((await reader.send('DELETE', `${BUCKET}/uploads/${id}?${query}`)).status, 403);
    const body = { key: 'guarded', parts: [{ partNumber: 1, etag: 'x' }], sizeBytes: 1 };
    assert.equal((await reader.send('POST', `${BUCKET}/uploads/${id}/completion`, body)).status, 403);
    const refused = await batch([{ key: 'guarded', text: 'x' }], reader);
    assert.deepEqual(
      (await resultsOf(refused)).map((one) => one.kind === 'failed' && one.code),
      ['AccessDenied'],
    );
    const elsewhere = await admin.send('POST', '/api/v1/buckets/nowhere/uploads', { key: 'k' });
    assert.deepEqual([elsewhere.status, await codeOf(elsewhere)], [404, 'NoSuchBucket']);
  });
});

function framed(files: readonly Described[]): Buffer {
  const list = files.map(({ text, ...facts }) => {
    const bytes = Buffer.from(text);
    return { crc64nvme: crcOf(bytes), sizeBytes: bytes.length, ...facts };
  });
  const manifest = Buffer.from(JSON.stringify({ files: list }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(manifest.length);
  return Buffer.concat([length, manifest, ...files.map(({ text }) => Buffer.from(text))]);
}

function crcOf(bytes: Uint8Array): string {
  const value = Buffer.alloc(8);
  value.writeBigUInt64BE(crc64(bytes));
  return value.toString('base64');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
