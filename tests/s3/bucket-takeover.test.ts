import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { CreateBucketCommand, DeleteBucketCommand, HeadBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { findBucket } from '../../src-server/db/tables/bucket.ts';
import { findHeldName } from '../../src-server/db/tables/held-name.ts';
import type { EpochMs } from '../../src-server/domain/ids.ts';
import { startTestServer, type TestServer } from '../support/test-server.ts';
import { bucketName, identityOf, keyOf, provision, provisionedUser } from '../support/users.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const TENANTS = {
  tenants: [{ name: 'acme' }, { name: 'other' }],
  users: [
    provisionedUser('ann', 'user', 'acme'),
    provisionedUser('abe', 'user', 'acme'),
    provisionedUser('olga', 'admin', 'other'),
    provisionedUser('boss', 'admin'),
  ],
};
let server: TestServer;

before(async () => {
  server = await startTestServer();
  await provision(server.context, TENANTS);
});
after(() => server.close());

function as(name: string, on = server) {
  return on.newClient({ credentials: keyOf(name) });
}

async function deleted(name: string, on = server): Promise<void> {
  await as('ann', on).send(new CreateBucketCommand({ Bucket: name }));
  await as('ann', on).send(new DeleteBucketCommand({ Bucket: name }));
}

const TAKEN = { name: 'BucketAlreadyExists' };
function isTaken(error: unknown): boolean {
  assert.equal((error as Error).name, TAKEN.name);
  return true;
}

/** SECURITY.md, "Bucket takeover": clients that still write to a deleted bucket must not write to a stranger. */
test('bucket takeover: another tenant does not get the name of a deleted bucket', async () => {
  await deleted('backups');
  await assert.rejects(as('olga').send(new CreateBucketCommand({ Bucket: 'backups' })), isTaken);
  // To everybody else it is a bucket that is not there.
  await assert.rejects(as('olga').send(new HeadBucketCommand({ Bucket: 'backups' })), { name: 'NotFound' });
  await assert.rejects(as('ann').send(new PutObjectCommand({ Bucket: 'backups', Key: 'k', Body: 'late' })), {
    name: 'NoSuchBucket',
  });
});

test('the same account takes the name again at once, and its old policy is gone with the old bucket', async () => {
  await deleted('ours');
  const abe = as('abe');
  await abe.send(new CreateBucketCommand({ Bucket: 'ours' }));
  const found = await server.context.catalogue.read((tx) => findBucket(tx, bucketName('ours')));
  assert.deepEqual([found?.policy, found?.acl], [undefined, undefined]);
  assert.equal(await server.context.catalogue.read((tx) => findHeldName(tx, bucketName('ours'))), undefined);
});

test('whoever runs the install may take a held name', async () => {
  await deleted('freed');
  await as('boss').send(new CreateBucketCommand({ Bucket: 'freed' }));
});

test('a name is held 30 days, and then is anybody’s', async () => {
  const before = Date.now();
  await deleted('month');
  const row = await server.context.catalogue.read((tx) => findHeldName(tx, bucketName('month')));
  assert.ok(row);
  assert.ok(row.until_ms >= before + 30 * DAY_MS && row.until_ms <= Date.now() + 30 * DAY_MS);
  const { userId } = await identityOf(server.context, 'olga');
  const take = (nowMs: number) =>
    server.context.engine.submit('create-bucket', {
      name: bucketName('month'),
      ownerId: userId,
      location: null,
      ownership: 'BucketOwnerEnforced',
      tags: undefined,
      // A time of the test's own.
      nowMs: nowMs as EpochMs,
    });
  await assert.rejects(take(row.until_ms - 1), { code: 'BucketAlreadyExists' });
  await take(row.until_ms);
});

test('s3.heldNameDays 0 holds no name', async () => {
  const free = await startTestServer({ env: { STOWAGE_S3_HELD_NAME_DAYS: '0' } });
  try {
    await provision(free.context, TENANTS);
    await deleted('anyone', free);
    await as('olga', free).send(new CreateBucketCommand({ Bucket: 'anyone' }));
  } finally {
    await free.close();
  }
});
