import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { BucketName } from '../../src-server/domain/ids.ts';
import { leastRoom } from '../../src-server/domain/sosapi.ts';
import { resolveAccessKey } from '../../src-server/services/access/resolve-access-key.ts';
import { putBucketSosapi } from '../../src-server/services/buckets/put-bucket-sosapi.ts';
import type { Identity } from '../../src-server/services/identity.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';

const SYSTEM = '.system-d26a9498-cb7c-4a87-a44a-8ae204f5ba6c/system.xml';
const CAPACITY = '.system-d26a9498-cb7c-4a87-a44a-8ae204f5ba6c/capacity.xml';
const Bucket = 'veeam';

let server: TestServer;
let client: S3Client;

before(async () => {
  server = await startTestServer();
  ({ client } = server);
  await client.send(new CreateBucketCommand({ Bucket }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
});
after(() => server.close());

async function read(Key: string, Range?: string): Promise<string> {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, Range }));
  return (await answer.Body?.transformToString()) ?? '';
}

async function refused(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => 'done',
    (error: { name: string }) => error.name,
  );
}

test('a bucket that was not asked to says nothing, as any S3 store', async () => {
  assert.equal(await refused(read(SYSTEM)), 'NoSuchKey');
});

test('both objects are read whole, in part and by HEAD, and their ETag is of what they say', async () => {
  const { context, rootCredentials } = server;
  const resolved = await resolveAccessKey(context, rootCredentials.accessKeyId);
  // Tests mint identities without a signature.
  await putBucketSosapi(context, resolved?.identity as Identity, Bucket as BucketName, true);
  const system = await read(SYSTEM);
  assert.match(system, /<ProtocolVersion>"1\.0"<\/ProtocolVersion><ModelName>"Stowage"<\/ModelName>/);
  assert.match(
    system,
    /<CapacityInfo>true<\/CapacityInfo><UploadSessions>false<\/UploadSessions><IAMSTS>false<\/IAMSTS>/,
  );
  assert.equal(await read(SYSTEM, 'bytes=0-4'), '<?xml');
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: SYSTEM }));
  assert.equal(head.ContentLength, Buffer.byteLength(system));
  assert.equal(head.ETag, `"${createHash('md5').update(system).digest('hex')}"`);
  assert.equal(head.VersionId, undefined);
});

test('the capacity is what the bucket has and what the disks can still take', async () => {
  await client.send(new PutObjectCommand({ Bucket, Key: 'Veeam/Backup/block', Body: Buffer.alloc(70_000) }));
  const [, capacity = '', available = '', used = ''] =
    /<Capacity>(\d+)<\/Capacity><Available>(\d+)<\/Available><Used>(\d+)<\/Used>/.exec(await read(CAPACITY)) ?? [];
  assert.equal(Number(used), 70_000);
  assert.ok(Number(available) > 0);
  assert.equal(Number(capacity), Number(available) + Number(used));
});

test('the least of all limits counts, and a limit that is passed leaves no room', () => {
  assert.deepEqual(leastRoom(10, 500, [{ limitBytes: 100, usedBytes: 10 }]), {
    capacityBytes: 100,
    availableBytes: 90,
    usedBytes: 10,
  });
  assert.equal(leastRoom(10, 50, [{ limitBytes: 100, usedBytes: 10 }]).availableBytes, 50);
  assert.equal(leastRoom(10, 50, [{ limitBytes: 5, usedBytes: 10 }]).availableBytes, 0);
});

test('they stand in no listing, and nobody writes or deletes them', async () => {
  const [listed, versions] = await Promise.all([
    client.send(new ListObjectsV2Command({ Bucket })),
    client.send(new ListObjectVersionsCommand({ Bucket })),
  ]);
  assert.deepEqual(
    listed.Contents?.map(({ Key }) => Key),
    ['Veeam/Backup/block'],
  );
  assert.equal(await refused(client.send(new PutObjectCommand({ Bucket, Key: SYSTEM, Body: 'x' }))), 'AccessDenied');
  assert.equal(await refused(client.send(new DeleteObjectCommand({ Bucket, Key: CAPACITY }))), 'AccessDenied');
  const batch = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: SYSTEM }, { Key: 'absent' }] } }),
  );
  assert.deepEqual(
    batch.Errors?.map(({ Key, Code }) => [Key, Code]),
    [[SYSTEM, 'AccessDenied']],
  );
  const after = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: '.system' }));
  assert.equal((versions.Versions?.length ?? 0) > 0, true);
  assert.deepEqual([after.Versions ?? [], after.DeleteMarkers ?? []], [[], []]);
});
