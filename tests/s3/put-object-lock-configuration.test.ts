import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type PutObjectLockConfigurationCommandInput,
} from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put } = scene;
after(() => scene.close());

type LockConfiguration = PutObjectLockConfigurationCommandInput['ObjectLockConfiguration'];

const configure = (Bucket: string, ObjectLockConfiguration: LockConfiguration) =>
  client.send(new PutObjectLockConfigurationCommand({ Bucket, ObjectLockConfiguration }));
const configurationOf = async (Bucket: string) =>
  (await client.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration;
const versioningOf = async (Bucket: string) => (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status;

async function lockedBucket(name: string): Promise<string> {
  await client.send(new CreateBucketCommand({ Bucket: name, ObjectLockEnabledForBucket: true }));
  return name;
}

test('enabled at creation: versioning is on, for good', async () => {
  const bucket = await lockedBucket('locked-from-birth');
  assert.equal(await versioningOf(bucket), 'Enabled');
  assert.deepEqual(await configurationOf(bucket), { ObjectLockEnabled: 'Enabled' });
  const suspended = client.send(
    new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Suspended' } }),
  );
  assert.deepEqual(await refusalOf(suspended), '409 InvalidBucketState');
  await client.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } }));
});

test('enabled on a bucket with versioning, and on no other', async () => {
  const bucket = await scene.versionedBucket();
  await configure(bucket, { ObjectLockEnabled: 'Enabled' });
  assert.deepEqual(await configurationOf(bucket), { ObjectLockEnabled: 'Enabled' });
  const plain = await scene.newBucket();
  assert.deepEqual(await refusalOf(configure(plain, { ObjectLockEnabled: 'Enabled' })), '409 InvalidBucketState');
  assert.deepEqual(await refusalOf(configurationOf(plain)), '404 ObjectLockConfigurationNotFoundError');
});

test('a default keeps new versions by days or years; the old ones stay as they are', async () => {
  const bucket = await lockedBucket('locked-default');
  const before = (await put(bucket, 'a', 'one')).VersionId;
  await configure(bucket, {
    ObjectLockEnabled: 'Enabled',
    Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 3 } },
  });
  const startMs = Date.now();
  const after = (await put(bucket, 'a', 'two')).VersionId;
  const read = (VersionId?: string) =>
    client.send(new GetObjectRetentionCommand({ Bucket: bucket, Key: 'a', VersionId }));
  assert.deepEqual(await refusalOf(read(before)), '404 NoSuchObjectLockConfiguration');
  const { Retention } = await read(after);
  assert.equal(Retention?.Mode, 'GOVERNANCE');
  const days = ((Retention?.RetainUntilDate?.getTime() ?? 0) - startMs) / 86_400_000;
  assert.ok(days >= 3 && days < 3.01, `${days} days`);
  const rule = { DefaultRetention: { Mode: 'COMPLIANCE' as const, Years: 2 } };
  await configure(bucket, { ObjectLockEnabled: 'Enabled', Rule: rule });
  assert.deepEqual(await configurationOf(bucket), { ObjectLockEnabled: 'Enabled', Rule: rule });
  await configure(bucket, { ObjectLockEnabled: 'Enabled' });
  assert.deepEqual(await configurationOf(bucket), { ObjectLockEnabled: 'Enabled' });
});

test('what is no configuration is refused', async () => {
  const bucket = await lockedBucket('locked-refused');
  const byDefault = (rule: object) =>
    refusalOf(
      // The SDK's type forbids what is tried here.
      configure(bucket, { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: rule } } as LockConfiguration),
    );
  assert.deepEqual(await byDefault({ Mode: 'COMPLIANCE', Days: 1, Years: 1 }), '400 MalformedXML');
  assert.deepEqual(await byDefault({ Mode: 'COMPLIANCE' }), '400 MalformedXML');
  assert.deepEqual(await byDefault({ Mode: 'governance', Days: 1 }), '400 MalformedXML');
  assert.deepEqual(await byDefault({ Days: 1 }), '400 MalformedXML');
  for (const period of [{ Days: 0 }, { Days: -1 }, { Years: -1 }, { Days: 36_501 }, { Years: 101 }]) {
    assert.deepEqual(await byDefault({ Mode: 'COMPLIANCE', ...period }), '400 InvalidArgument');
  }
  const disabled = configure(bucket, { ObjectLockEnabled: 'Disabled' } as unknown as LockConfiguration);
  assert.deepEqual(await refusalOf(disabled), '400 MalformedXML');
});
