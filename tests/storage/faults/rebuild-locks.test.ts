import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectLegalHoldCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  PutObjectCommand,
  PutObjectLockConfigurationCommand,
  PutObjectRetentionCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { runStowage } from '../../support/run-stowage.ts';
import { refusalOf } from '../../support/s3/bucket-scene.ts';
import { TEST_ROOT_CREDENTIALS } from '../../support/server-process.ts';
import { CrashServer } from '../crash/crash-server.ts';

const DAY_MS = 86_400_000;
const Bucket = 'vault';
const Rule = { DefaultRetention: { Mode: 'GOVERNANCE', Days: 7 } } as const;

async function session<T>(server: CrashServer, use: (client: S3Client) => Promise<T>): Promise<T> {
  await server.start();
  const region = 'us-east-1';
  const client = new S3Client({
    endpoint: server.url,
    region,
    forcePathStyle: true,
    credentials: TEST_ROOT_CREDENTIALS,
    maxAttempts: 1,
  });
  try {
    return await use(client);
  } finally {
    client.destroy();
    await server.stop();
  }
}

/** What a backup program does: put under retention, extend it, delete: only a marker comes of it. */
async function lockSome(client: S3Client) {
  const until = new Date(Math.floor(Date.now() / 1000) * 1000 + 30 * DAY_MS);
  const later = new Date(until.getTime() + 10 * DAY_MS);
  await client.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until } as const;
  const kept = await client.send(new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x', ...lock }));
  const Retention = { Mode: 'COMPLIANCE', RetainUntilDate: later } as const;
  await client.send(new PutObjectRetentionCommand({ Bucket, Key: 'kept', VersionId: kept.VersionId, Retention }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: 'kept' }));
  const hold = { ObjectLockLegalHoldStatus: 'ON' } as const;
  const held = await client.send(new PutObjectCommand({ Bucket, Key: 'held', Body: 'x', ...hold }));
  const ObjectLockConfiguration = { ObjectLockEnabled: 'Enabled', Rule } as const;
  await client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
  return { kept: kept.VersionId, held: held.VersionId, later };
}

test('a rebuilt catalogue has every lock, and they hold', async () => {
  const server = new CrashServer();
  try {
    const { kept, held, later } = await session(server, lockSome);
    for (const name of readdirSync(server.dataDir)) {
      if (name.startsWith('catalogue.db')) rmSync(join(server.dataDir, name));
    }
    const rebuilt = await runStowage(['rebuild-catalogue', '--data-dir', server.dataDir, ...server.disks]);
    assert.equal(rebuilt.code, 0, rebuilt.output);
    await session(server, async (client) => {
      const retention = new GetObjectRetentionCommand({ Bucket, Key: 'kept', VersionId: kept });
      const { Retention } = await client.send(retention);
      assert.deepEqual(Retention, { Mode: 'COMPLIANCE', RetainUntilDate: later });
      const hold = await client.send(new GetObjectLegalHoldCommand({ Bucket, Key: 'held', VersionId: held }));
      assert.equal(hold.LegalHold?.Status, 'ON');
      for (const [Key, VersionId] of [
        ['kept', kept],
        ['held', held],
      ] as const) {
        const erase = new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention: true });
        assert.equal(await refusalOf(client.send(erase)), '403 AccessDenied');
      }
      const found = await client.send(new GetObjectLockConfigurationCommand({ Bucket }));
      assert.deepEqual(found.ObjectLockConfiguration?.Rule, Rule);
    });
  } finally {
    await server.remove();
  }
});
