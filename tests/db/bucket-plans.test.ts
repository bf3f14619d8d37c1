import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { findUsableKey, listAccessKeys } from '../../src-server/db/tables/access-key.ts';
import { findBucket, hasVersions, listBuckets } from '../../src-server/db/tables/bucket.ts';
import type { BucketId, BucketName, UserId } from '../../src-server/domain/ids.ts';
import { openQueryPlans } from '../support/query-plans.ts';

const plans = openQueryPlans();
after(() => plans.close());

test('a request finds its key and its bucket by their names', async () => {
  const found = await plans.of(async (tx) => {
    await findUsableKey(tx, 'key');
    await findBucket(tx, 'bucket' as BucketName);
    await listAccessKeys(tx, 1 as UserId);
  });
  assert.deepEqual(found, [
    'SEARCH k USING PRIMARY KEY (id=?); SEARCH u USING INTEGER PRIMARY KEY (rowid=?); CORRELATED SCALAR SUBQUERY 1; SEARCH ts USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH b USING INDEX sqlite_autoindex_bucket_1 (name=?); SEARCH u USING INTEGER PRIMARY KEY (rowid=?); SEARCH t USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    'SEARCH access_key USING INDEX access_key_by_user (user_id=?); USE TEMP B-TREE FOR ORDER BY',
  ]);
});

test('a page of buckets is read in order from where it begins', async () => {
  const page = { after: 'a', prefix: 'b', limit: 10 };
  const found = await plans.of(async (tx) => {
    await listBuckets(tx, { kind: 'all' }, page);
    await listBuckets(tx, { kind: 'owner', ownerId: 1 as UserId }, page);
  });
  assert.deepEqual(found, [
    'SEARCH bucket USING INDEX sqlite_autoindex_bucket_1 (name>? AND name<?)',
    'SEARCH bucket USING INDEX bucket_by_owner (owner_id=? AND name>? AND name<?)',
  ]);
});

test('whether a bucket is empty costs one look', async () => {
  const found = await plans.of((tx) => hasVersions(tx, 1 as BucketId));
  assert.equal(found.length, 1);
  assert.match(found[0] ?? '', /^SEARCH object_version USING .*\(bucket_id=\?\)$/);
});
