import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findBucket } from '../../../src-server/db/tables/bucket.ts';
import { findUsage } from '../../../src-server/db/tables/bucket-usage.ts';
import { isFailure } from '../../../src-server/domain/failure.ts';
import type { BucketId } from '../../../src-server/domain/ids.ts';
import { createBucket } from '../../../src-server/services/buckets/create-bucket.ts';
import { deleteBucket } from '../../../src-server/services/buckets/delete-bucket.ts';
import { requireBucket } from '../../../src-server/services/buckets/require-bucket.ts';
import { openServiceFixture } from '../../support/service-context.ts';
import { bucketName, identityOf, provision, provisionedUser } from '../../support/users.ts';

const fixture = openServiceFixture();
const { context, engine } = fixture;
after(() => fixture.close());

before(() =>
  provision(context, {
    tenants: [{ name: 'a' }],
    users: [
      provisionedUser('boss', 'admin', 'a'),
      provisionedUser('ann', 'user', 'a'),
      provisionedUser('abe', 'user', 'a'),
      provisionedUser('bob', 'user'),
    ],
  }),
);

async function create(who: string, name: string): Promise<string> {
  try {
    await createBucket(context, await identityOf(context, who), {
      name: bucketName(name),
      location: null,
      ownership: 'BucketOwnerEnforced',
      tags: [],
    });
    return 'created';
  } catch (error) {
    if (!isFailure(error)) throw error;
    return error.code;
  }
}

async function destroy(name: string): Promise<string> {
  try {
    await deleteBucket(context, bucketName(name));
    return 'deleted';
  } catch (error) {
    if (!isFailure(error)) throw error;
    return error.code;
  }
}

test('a name is taken once, by its account for those who may use the bucket', async () => {
  assert.equal(await create('ann', 'one'), 'created');
  assert.equal(await create('ann', 'one'), 'BucketAlreadyOwnedByYou');
  assert.equal(await create('boss', 'one'), 'BucketAlreadyOwnedByYou');
  assert.equal(await create('abe', 'one'), 'BucketAlreadyExists');
  assert.equal(await create('bob', 'one'), 'BucketAlreadyExists');
  const racing = await Promise.all([create('ann', 'raced'), create('bob', 'raced')]);
  assert.deepEqual(racing.sort(), ['BucketAlreadyExists', 'created']);
});

test('a new bucket has counters at 0 and no settings; deleted, it leaves nothing', async () => {
  await create('ann', 'fresh');
  const bucket = await requireBucket(context, bucketName('fresh'));
  assert.equal(bucket.versioning, 'Off');
  assert.deepEqual([bucket.tags, bucket.cors, bucket.encryption], [undefined, undefined, undefined]);
  const usage = () => context.catalogue.read((tx) => findUsage(tx, bucket.id));
  assert.deepEqual(await usage(), { bytes: 0, versions: 0, objects: 0, uploads: 0 });
  assert.equal(await destroy('fresh'), 'deleted');
  assert.equal(await usage(), undefined);
  assert.equal(await destroy('fresh'), 'NoSuchBucket');
  await assert.rejects(requireBucket(context, bucketName('fresh')), (error) => isFailure(error, 'NoSuchBucket'));
});

test('a bucket of the same name made again is another bucket', async () => {
  await create('ann', 'again');
  const first = await requireBucket(context, bucketName('again'));
  await destroy('again');
  await create('ann', 'again');
  const second = await requireBucket(context, bucketName('again'));
  assert.notEqual(second.id, first.id);
  await assert.rejects(
    engine.client.submit('put-bucket-tagging', {
      bucket: first,
      tags: [{ key: 'stale', value: 'decision' }],
      by: { userId: null, name: 'test', accessKeyId: null },
      nowMs: context.now(),
    }),
    (error) => isFailure(error, 'NoSuchBucket'),
  );
  await assert.rejects(
    engine.client.submit('delete-bucket', { bucket: first, nameHeldUntilMs: null, nowMs: context.now() }),
    (error) => isFailure(error, 'NoSuchBucket'),
  );
});

async function addVersion(bucketId: BucketId, isMarker: 0 | 1): Promise<void> {
  await engine.run((tx) =>
    tx.run(
      `INSERT INTO object_version (bucket_id, key, seq, version_id, is_current, is_marker, owner_id, modified_ms, size, etag, storage_class)
       VALUES (?, 'k', ?, 'null', 1, ?, 1, 0, 0, '', 'STANDARD')`,
      bucketId,
      tx.nextId(),
      isMarker,
    ),
  );
}

test('a version or a mere delete marker keeps a bucket', async () => {
  for (const isMarker of [0, 1] as const) {
    const name = `kept-${isMarker}`;
    await create('ann', name);
    const { id } = await requireBucket(context, bucketName(name));
    await addVersion(id, isMarker);
    assert.equal(await destroy(name), 'BucketNotEmpty');
    await engine.run((tx) => tx.run('DELETE FROM object_version WHERE bucket_id = ?', id));
    assert.equal(await destroy(name), 'deleted');
  }
});

async function addUpload(bucketId: BucketId, id: string, parts: number, state = 'open'): Promise<void> {
  await engine.run(async (tx) => {
    await tx.run(
      `INSERT INTO upload (id, bucket_id, key, state, initiator_id, owner_id, initiated_ms, storage_class)
       VALUES (?, ?, 'k', ?, 1, 1, 0, 'STANDARD')`,
      id,
      bucketId,
      state,
    );
    for (let part = 1; part <= parts; part++) {
      const [bodyId, extentId] = [tx.nextId(), tx.nextId()];
      await tx.run(
        `INSERT INTO extent (id, uid, container_id, container_offset, header_length, stored_length, plain_length, codec, refs)
         VALUES (?, ?, 2, 0, 64, 10, 10, 'plain', 1)`,
        extentId,
        Buffer.alloc(16),
      );
      await tx.run('INSERT INTO body_extent VALUES (?, 0, ?, 0, 10)', bodyId, extentId);
      await tx.run(
        `INSERT INTO upload_part (upload_id, part_number, body_id, size, etag, checksum, modified_ms) VALUES (?, ?, ?, 10, '', '', 0)`,
        id,
        part,
        bodyId,
      );
    }
    const uploads = state === 'open' ? 1 : 0;
    await tx.run(
      'UPDATE bucket_usage SET bytes = bytes + ?, uploads = uploads + ? WHERE bucket_id = ?',
      BigInt(parts * 10),
      BigInt(uploads),
      bucketId,
    );
  });
}

const count = async (sql: string): Promise<number> => (await engine.run((tx) => tx.get<{ n: number }>(sql)))?.n ?? -1;

test('open uploads end with their bucket, their bytes become garbage, however many they are', async () => {
  await create('ann', 'uploading');
  const { id } = await requireBucket(context, bucketName('uploading'));
  for (let upload = 0; upload < 70; upload++) await addUpload(id, `u${upload}`, 2);
  await addUpload(id, 'done', 0, 'completed');
  fixture.submitted.length = 0;
  assert.equal(await destroy('uploading'), 'deleted');
  assert.equal(fixture.submitted.length, 3, 'in bounded steps');
  for (const table of ['upload', 'upload_part', 'body_extent']) {
    assert.equal(await count(`SELECT count(*) AS n FROM ${table}`), 0, table);
  }
  assert.equal(await count('SELECT count(*) AS n FROM garbage'), 140);
  assert.equal(await count('SELECT count(*) AS n FROM extent WHERE refs <> 0'), 0);
});

test('a bucket that fills while its uploads are removed stays, its counters exact', async () => {
  await create('ann', 'filling');
  const bucket = await requireBucket(context, bucketName('filling'));
  for (let upload = 0; upload < 40; upload++) await addUpload(bucket.id, `f${upload}`, 1);
  const input = { bucket: { id: bucket.id, name: bucket.name }, nameHeldUntilMs: null, nowMs: context.now() };
  assert.deepEqual(await engine.client.submit('delete-bucket', input), { kind: 'some-left' });
  await addVersion(bucket.id, 0);
  await assert.rejects(engine.client.submit('delete-bucket', input), (error) => isFailure(error, 'BucketNotEmpty'));
  assert.equal((await context.catalogue.read((tx) => findBucket(tx, bucket.name)))?.id, bucket.id);
  const usage = await context.catalogue.read((tx) => findUsage(tx, bucket.id));
  assert.deepEqual([usage?.uploads, usage?.bytes], [8, 80]);
});
