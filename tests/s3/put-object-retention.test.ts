import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, test } from 'node:test';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  GetObjectRetentionCommand,
  HeadObjectCommand,
  type ObjectLockRetention,
  PutObjectCommand,
  PutObjectRetentionCommand,
} from '@aws-sdk/client-s3';
import { refusalOf } from '../support/s3/bucket-scene.ts';
import { openObjectScene } from '../support/s3/object-scene.ts';

const scene = await openObjectScene();
const { client, put } = scene;
after(() => scene.close());

const DAY_MS = 86_400_000;
const DENIED = '403 AccessDenied';
const bucket = 'kept';
await client.send(new CreateBucketCommand({ Bucket: bucket, ObjectLockEnabledForBucket: true }));

const inDays = (days: number) => new Date(Math.floor(Date.now() / 1000) * 1000 + days * DAY_MS);
const retain = (Key: string, VersionId: string | undefined, Retention: ObjectLockRetention, bypass = false) =>
  client.send(
    new PutObjectRetentionCommand({
      Bucket: bucket,
      Key,
      VersionId,
      Retention,
      ...(bypass ? { BypassGovernanceRetention: true } : {}),
    }),
  );
const retentionOf = async (Key: string, VersionId?: string) =>
  (await client.send(new GetObjectRetentionCommand({ Bucket: bucket, Key, VersionId }))).Retention;
const erase = (Key: string, VersionId: string | undefined, bypass = false) =>
  client.send(
    new DeleteObjectCommand({
      Bucket: bucket,
      Key,
      VersionId,
      ...(bypass ? { BypassGovernanceRetention: true } : {}),
    }),
  );

test('a key under COMPLIANCE: overwriting adds a version, a delete a marker, and nobody removes or shortens', async () => {
  const until = inDays(30);
  const one = await put(bucket, 'a', 'one', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: until });
  const two = await put(bucket, 'a', 'two');
  assert.notEqual(one.VersionId, two.VersionId);
  assert.equal((await erase('a', undefined)).DeleteMarker, true);
  for (const bypass of [false, true]) {
    assert.deepEqual(await refusalOf(erase('a', one.VersionId, bypass)), DENIED);
    assert.deepEqual(await refusalOf(retain('a', one.VersionId, {}, bypass)), DENIED);
    assert.deepEqual(
      await refusalOf(retain('a', one.VersionId, { Mode: 'COMPLIANCE', RetainUntilDate: inDays(29) }, bypass)),
      DENIED,
    );
    assert.deepEqual(
      await refusalOf(retain('a', one.VersionId, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(60) }, bypass)),
      DENIED,
    );
  }
  await retain('a', one.VersionId, { Mode: 'COMPLIANCE', RetainUntilDate: inDays(40) });
  assert.deepEqual(await retentionOf('a', one.VersionId), { Mode: 'COMPLIANCE', RetainUntilDate: inDays(40) });
  await erase('a', two.VersionId);
  const read = await client.send(new GetObjectCommand({ Bucket: bucket, Key: 'a', VersionId: one.VersionId }));
  assert.equal(await read.Body?.transformToString(), 'one');
});

test('GOVERNANCE gives way to who may bypass it and says so', async () => {
  const { VersionId } = await put(bucket, 'g', 'x');
  await retain('g', VersionId, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(5) });
  assert.deepEqual(await refusalOf(erase('g', VersionId)), DENIED);
  assert.deepEqual(await refusalOf(retain('g', VersionId, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(4) })), DENIED);
  assert.deepEqual(await refusalOf(retain('g', VersionId, { Mode: 'COMPLIANCE', RetainUntilDate: inDays(5) })), DENIED);
  await retain('g', VersionId, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(6) });
  await retain('g', VersionId, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(1) }, true);
  await retain('g', VersionId, {}, true);
  assert.deepEqual(await refusalOf(retentionOf('g', VersionId)), '404 NoSuchObjectLockConfiguration');
  await retain('g', VersionId, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(5) });
  await erase('g', VersionId, true);
});

test('keys that end in a slash are kept too', async () => {
  const { VersionId } = await put(bucket, 'folder/', '');
  await retain('folder/', VersionId, { Mode: 'COMPLIANCE', RetainUntilDate: inDays(2) });
  assert.equal((await retentionOf('folder/', VersionId))?.Mode, 'COMPLIANCE');
  assert.deepEqual(await refusalOf(erase('folder/', VersionId)), DENIED);
});

test('GET and HEAD show it', async () => {
  const until = inDays(3);
  const { VersionId } = await put(bucket, 'shown', 'x', {
    ObjectLockMode: 'GOVERNANCE',
    ObjectLockRetainUntilDate: until,
    ObjectLockLegalHoldStatus: 'ON',
  });
  for (const command of [
    new HeadObjectCommand({ Bucket: bucket, Key: 'shown', VersionId }),
    new GetObjectCommand({ Bucket: bucket, Key: 'shown' }),
  ]) {
    // Both answers have these members.
    const answer = (await client.send(command as HeadObjectCommand)) as {
      ObjectLockMode?: string;
      ObjectLockRetainUntilDate?: Date;
      ObjectLockLegalHoldStatus?: string;
    };
    assert.deepEqual(
      [answer.ObjectLockMode, answer.ObjectLockRetainUntilDate, answer.ObjectLockLegalHoldStatus],
      ['GOVERNANCE', until, 'ON'],
    );
  }
});

test('a copy takes its own lock, never its source’s', async () => {
  await put(bucket, 'source', 'x', { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(9) });
  const CopySource = `${bucket}/source`;
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: 'free', CopySource }));
  assert.deepEqual(await refusalOf(retentionOf('free')), '404 NoSuchObjectLockConfiguration');
  const locked = { ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: inDays(2) } as const;
  await client.send(new CopyObjectCommand({ Bucket: bucket, Key: 'locked', CopySource, ...locked }));
  assert.deepEqual(await retentionOf('locked'), { Mode: 'GOVERNANCE', RetainUntilDate: inDays(2) });
});

test('dates: past ones, halves and modes that are none', async () => {
  const asked = (more: object) =>
    refusalOf(client.send(new PutObjectCommand({ Bucket: bucket, Key: 'd', Body: 'x', ...more })));
  const INVALID = '400 InvalidArgument';
  assert.deepEqual(await asked({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(-1) }), INVALID);
  assert.deepEqual(await asked({ ObjectLockMode: 'COMPLIANCE' }), INVALID);
  assert.deepEqual(await asked({ ObjectLockRetainUntilDate: inDays(1) }), INVALID);
  assert.deepEqual(await asked({ ObjectLockMode: 'compliance', ObjectLockRetainUntilDate: inDays(1) }), INVALID);
  assert.deepEqual(await asked({ ObjectLockLegalHoldStatus: 'MAYBE' }), INVALID);
  await put(bucket, 'e', 'x');
  const past = retain('e', undefined, { Mode: 'GOVERNANCE', RetainUntilDate: inDays(-1) });
  assert.deepEqual(await refusalOf(past), INVALID);
  const half = retain('e', undefined, { Mode: 'GOVERNANCE' });
  assert.deepEqual(await refusalOf(half), '400 MalformedXML');
});

test('Veeam’s XML has no namespace, others’ fractions of seconds', async () => {
  const { VersionId } = await put(bucket, 'xml', 'x');
  const until = new Date(Date.now() + 5 * DAY_MS).toISOString().slice(0, 19);
  const document = (xmlns: string, date: string) =>
    `<Retention${xmlns}><Mode>GOVERNANCE</Mode><RetainUntilDate>${date}</RetainUntilDate></Retention>`;
  for (const body of [
    document('', `${until}Z`),
    document(' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"', `${until}.123456789Z`),
    document(' xmlns="http://s3.amazonaws.com/doc/2006-03-01/"', `${until}.5+00:00`),
  ]) {
    const query = `retention=&versionId=${VersionId}`;
    const answer = await scene.raw({ method: 'PUT', path: `/${bucket}/xml`, query, xml: body });
    assert.equal(answer.status, 200, answer.xml);
  }
});

test('a bucket without Object Lock has none of it', async () => {
  const plain = await scene.versionedBucket();
  const { VersionId } = await put(plain, 'a', 'x');
  const REFUSED = '400 InvalidRequest';
  const Retention = { Mode: 'GOVERNANCE', RetainUntilDate: inDays(1) } as const;
  for (const command of [
    new PutObjectRetentionCommand({ Bucket: plain, Key: 'a', VersionId, Retention }),
    new GetObjectRetentionCommand({ Bucket: plain, Key: 'a', VersionId }),
    new PutObjectCommand({ Bucket: plain, Key: 'b', Body: 'x', ObjectLockLegalHoldStatus: 'ON' }),
  ]) {
    // All commands go by the same door.
    assert.deepEqual(await refusalOf(client.send(command as PutObjectRetentionCommand)), REFUSED);
  }
});

test('1,000 locked keys in one DeleteObjects: each is refused by itself, in AWS’s words', async () => {
  const keys = Array.from({ length: 1000 }, (_, i) => `many/${i}`);
  const locked: { Key: string; VersionId: string | undefined }[] = [];
  for (let first = 0; first < keys.length; first += 50) {
    const some = keys.slice(first, first + 50).map(async (Key) => {
      const lock = { ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate: inDays(3) } as const;
      const { VersionId } = await put(bucket, Key, 'x', lock);
      locked.push({ Key, VersionId });
    });
    await Promise.all(some);
  }
  const startMs = performance.now();
  const answer = await client.send(
    new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: locked }, BypassGovernanceRetention: true }),
  );
  assert.ok(performance.now() - startMs < 5000);
  assert.equal(answer.Deleted, undefined);
  assert.equal(answer.Errors?.length, 1000);
  assert.deepEqual(
    [...new Set(answer.Errors?.map(({ Code, Message }) => `${Code}: ${Message}`))],
    ['AccessDenied: Access Denied because object protected by object lock.'],
  );
});

test('lock headers need a digest: either kind will do', async () => {
  const lock = {
    'x-amz-object-lock-mode': 'GOVERNANCE',
    'x-amz-object-lock-retain-until-date': inDays(1).toISOString(),
  };
  const send = async (more: Record<string, string>) => {
    const path = `/${bucket}/digest`;
    const amzHeaders = { ...lock, ...more };
    return (await scene.raw({ method: 'PUT', path, xml: 'x', amzHeaders, withoutChecksum: true })).status;
  };
  assert.equal(await send({}), 400);
  assert.equal(await send({ 'x-amz-checksum-sha256': createHash('sha256').update('x').digest('base64') }), 200);
  const ContentMD5 = createHash('md5').update('x').digest('base64');
  const plain = scene.server.newClient({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  const put = { Bucket: bucket, Key: 'digest', Body: 'x', ObjectLockLegalHoldStatus: 'ON' } as const;
  await plain.send(new PutObjectCommand({ ...put, ContentMD5 }));
  assert.equal(await refusalOf(plain.send(new PutObjectCommand(put))), '400 InvalidRequest');
});
