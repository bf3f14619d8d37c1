import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { findBucket } from '../../src-server/db/tables/bucket.ts';
import { findTenantDrift, findUsageDrift } from '../../src-server/db/tables/recount.ts';
import { findTenantByName } from '../../src-server/db/tables/tenant.ts';
import { findRoom, findTenantHoldings } from '../../src-server/db/tables/tenant-usage.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { bucketName, keyOf, provision, provisionedUser } from '../support/users.ts';

const MIB = 1024 * 1024;
let server: TestServer;
let ann: S3Client;

before(async () => {
  server = await startTestServer();
  await provision(server.context, {
    tenants: [{ name: 'acme', quotaBytes: 100 * MIB, maxBuckets: 40, maxKeys: 5 }, { name: 'other' }],
    users: [provisionedUser('ann', 'user', 'acme'), provisionedUser('olga', 'user', 'other')],
  });
  ann = server.newClient({ credentials: keyOf('ann') });
});
after(() => server.close());

async function bucket(name: string, limits: { quotaBytes?: number; quotaObjects?: number } = {}): Promise<string> {
  await ann.send(new CreateBucketCommand({ Bucket: name }));
  await limit(name, limits);
  return name;
}

async function limit(name: string, quota: { quotaBytes?: number; quotaObjects?: number }): Promise<void> {
  const found = await server.context.catalogue.read((tx) => findBucket(tx, bucketName(name)));
  assert.ok(found);
  const by = { userId: null, name: 'test', accessKeyId: null };
  const ref = { id: found.id, name: found.name };
  await server.context.engine.submit('put-bucket-quota', { bucket: ref, quota, by, nowMs: 1 as EpochMs });
}

function limitTenant(name: string, terms: { quotaBytes?: number; maxBuckets?: number; maxKeys?: number }) {
  return provision(server.context, { tenants: [{ name, ...terms }] });
}

async function held(name: string) {
  return server.context.catalogue.read(async (tx) => {
    const found = await findBucket(tx, bucketName(name));
    assert.ok(found);
    const room = await findRoom(tx, found.id);
    assert.ok(room);
    return room.held;
  });
}

async function assertExact(): Promise<void> {
  const drift = await server.context.catalogue.read(async (tx) => ({
    buckets: await findUsageDrift(tx),
    tenants: await findTenantDrift(tx),
  }));
  assert.deepEqual(drift, { buckets: [], tenants: [] });
}

function put(Bucket: string, Key: string, size: number, client = ann) {
  return client.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.alloc(size, Key) }));
}

const EXCEEDED = { name: 'QuotaExceeded', $metadata: { httpStatusCode: 403 } };
function isExceeded(error: unknown): boolean {
  assert.ok(error instanceof Error);
  assert.equal(error.name, EXCEEDED.name, String(error));
  assert.equal((error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode, 403);
  return true;
}

test('a refused upload destroys nothing: an overwrite that does not fit leaves the old object', async () => {
  const name = await bucket('full', { quotaBytes: 1000 });
  await put(name, 'a', 600);
  await assert.rejects(put(name, 'a', 1001), isExceeded);
  await assert.rejects(put(name, 'b', 401), isExceeded);
  const stands = await ann.send(new GetObjectCommand({ Bucket: name, Key: 'a' }));
  assert.equal((await stands.Body?.transformToByteArray())?.length, 600);
  // What takes the place of another needs only the difference.
  await put(name, 'a', 1000);
  await put(name, 'a', 10);
  await put(name, 'b', 990);
  assert.deepEqual(await held(name), { bytes: 1000, objects: 2, tenantBytes: (await held(name)).tenantBytes });
  await assertExact();
});

test('lowering a quota below what is held refuses growth only', async () => {
  const name = await bucket('lowered', {});
  await put(name, 'a', 500);
  await put(name, 'b', 500);
  await limit(name, { quotaBytes: 100, quotaObjects: 1 });
  await assert.rejects(put(name, 'c', 0), isExceeded);
  await assert.rejects(put(name, 'a', 501), isExceeded);
  await put(name, 'a', 400);
  await ann.send(new DeleteObjectCommand({ Bucket: name, Key: 'b' }));
  await put(name, 'a', 50);
  await assert.rejects(put(name, 'c', 1), isExceeded);
  await assertExact();
});

test('64 clients that race for room for 24 objects end with exactly 24, whether bytes, objects or the tenant decide', async (t) => {
  const rounds = 6;
  const kinds = [
    { quotaBytes: 24 * 1000 + 999 },
    { quotaObjects: 24 },
    { quotaBytes: 24 * 1000, quotaObjects: 24 },
  ] as const;
  for (let round = 0; round < rounds; round++) {
    const name = await bucket(`race-${round}`, kinds[round % kinds.length]);
    const tries = Array.from({ length: 64 }, (_, index) => put(name, `k${index}`, 1000));
    const done = await Promise.allSettled(tries);
    assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 24);
    for (const one of done) if (one.status === 'rejected') isExceeded(one.reason);
    const listed = await ann.send(new ListObjectsV2Command({ Bucket: name }));
    assert.equal(listed.KeyCount, 24);
    assert.equal((await held(name)).objects, 24);
    await assertExact();
  }
  const before = (await held('race-0')).tenantBytes;
  await limitTenant('acme', { quotaBytes: before + 24_000 });
  const [one, other] = [await bucket('race-one'), await bucket('race-other')];
  const tries = Array.from({ length: 64 }, (_, index) => put(index % 2 === 0 ? one : other, `k${index}`, 1000));
  const done = await Promise.allSettled(tries);
  assert.equal(done.filter(({ status }) => status === 'fulfilled').length, 24);
  assert.equal((await held(one)).tenantBytes, before + 24_000);
  await assertExact();
  await limitTenant('acme', { quotaBytes: 100 * MIB });
  t.diagnostic(`${rounds + 1} rounds of 64 clients`);
});

test('parts, copies and parts copied count; a part in place of another counts the difference', async () => {
  const name = await bucket('parts', { quotaBytes: 12 * MIB });
  const Key = 'large';
  const { UploadId } = await ann.send(new CreateMultipartUploadCommand({ Bucket: name, Key }));
  const part = (PartNumber: number, size: number) =>
    ann.send(new UploadPartCommand({ Bucket: name, Key, UploadId, PartNumber, Body: Buffer.alloc(size) }));
  await part(1, 5 * MIB);
  const first = await part(1, 6 * MIB);
  const second = await part(2, 6 * MIB);
  await assert.rejects(part(3, 1), isExceeded);
  const Parts = [first, second].map(({ ETag }, index) => ({ ETag, PartNumber: index + 1 }));
  await ann.send(new CompleteMultipartUploadCommand({ Bucket: name, Key, UploadId, MultipartUpload: { Parts } }));
  const copy = (to: string) => ann.send(new CopyObjectCommand({ Bucket: name, Key: to, CopySource: `${name}/${Key}` }));
  await assert.rejects(copy('twice'), isExceeded);
  await limit(name, { quotaBytes: 24 * MIB });
  await copy('twice');
  await assert.rejects(copy('thrice'), isExceeded);
  assert.equal((await held(name)).bytes, 24 * MIB);
  const again = await ann.send(new CreateMultipartUploadCommand({ Bucket: name, Key: 'x' }));
  await ann.send(new AbortMultipartUploadCommand({ Bucket: name, Key: 'x', UploadId: again.UploadId }));
  await ann.send(new DeleteObjectCommand({ Bucket: name, Key: 'twice' }));
  await ann.send(new DeleteObjectCommand({ Bucket: name, Key }));
  await assertExact();
});

test('a quota of objects holds for a completed upload as well', async () => {
  const name = await bucket('one-object', { quotaObjects: 1 });
  const { UploadId } = await ann.send(new CreateMultipartUploadCommand({ Bucket: name, Key: 'a' }));
  const { ETag } = await ann.send(
    new UploadPartCommand({ Bucket: name, Key: 'a', UploadId, PartNumber: 1, Body: 'part' }),
  );
  await put(name, 'b', 1);
  const complete = new CompleteMultipartUploadCommand({
    Bucket: name,
    Key: 'a',
    UploadId,
    MultipartUpload: { Parts: [{ ETag, PartNumber: 1 }] },
  });
  await assert.rejects(ann.send(complete), isExceeded);
  await ann.send(new DeleteObjectCommand({ Bucket: name, Key: 'b' }));
  await ann.send(complete);
  await assertExact();
});

test('who waits for 100-continue is refused before the body', async () => {
  const name = await bucket('early', { quotaBytes: 10 });
  const url = new URL(await getSignedUrl(ann, new PutObjectCommand({ Bucket: name, Key: 'big' })));
  const socket = connect(Number(url.port), url.hostname);
  socket.write(
    `PUT ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\nContent-Length: 5368709120\r\nExpect: 100-continue\r\n\r\n`,
  );
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  assert.match(answer, /^HTTP\/1\.1 403 /);
  assert.doesNotMatch(answer, /100 Continue/);
  assert.match(answer, /<Code>QuotaExceeded<\/Code>/);
});

test('a tenant has as many buckets as it may; the next one is TooManyBuckets', async () => {
  const olga = server.newClient({ credentials: keyOf('olga') });
  await limitTenant('other', { maxBuckets: 2 });
  const create = (Bucket: string) => olga.send(new CreateBucketCommand({ Bucket }));
  await create('olga-1');
  await create('olga-2');
  const refused = { name: 'TooManyBuckets' };
  await assert.rejects(create('olga-3'), refused);
  await limitTenant('other', { maxBuckets: 1 });
  await olga.send(new DeleteBucketCommand({ Bucket: 'olga-2' }));
  await assert.rejects(create('olga-3'), refused);
  await olga.send(new DeleteBucketCommand({ Bucket: 'olga-1' }));
  await create('olga-3');
  assert.equal((await olga.send(new ListBucketsCommand({}))).Buckets?.length, 1);
});

test('a tenant has as many access keys as it may', async () => {
  await limitTenant('other', { maxKeys: 1 });
  const more = { name: 'oskar', tenant: 'other', accessKeys: [keyOf('oskar')] };
  await assert.rejects(
    provision(server.context, { users: [more] }),
    /users\[0\]\.accessKeys\[0\]\.accessKeyId: .*maxKeys/,
  );
  await limitTenant('other', { maxKeys: 2 });
  await provision(server.context, { users: [more] });
  const holdings = await server.context.catalogue.read(async (tx) => {
    const tenant = await findTenantByName(tx, 'other');
    assert.ok(tenant);
    return findTenantHoldings(tx, tenant.id);
  });
  assert.deepEqual([holdings.keys, holdings.users], [2, 2]);
});

test('a bucket that is given to another tenant counts there', async () => {
  await limitTenant('other', { maxBuckets: 5 });
  const name = await bucket('given');
  await put(name, 'a', 1234);
  await provision(server.context, { buckets: [{ name, owner: 'olga' }] });
  await assertExact();
  assert.equal((await held(name)).tenantBytes, 1234);
});
