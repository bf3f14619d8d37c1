import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as bodies from '../../src-server/db/tables/batch-bodies.ts';
import * as versions from '../../src-server/db/tables/batch-versions.ts';
import * as bin from '../../src-server/db/tables/binned-object.ts';
import * as history from '../../src-server/db/tables/key-history.ts';
import * as items from '../../src-server/db/tables/operation-item.ts';
import type { WriteTx } from '../../src-server/db/tx.ts';
import type { BatchId, BucketId, EpochMs, UserId } from '../../src-server/domain/ids.ts';
import { UNLOCKED_COLUMNS } from '../../src-server/domain/lock.ts';
import { openQueryPlans } from '../support/query-plans.ts';

const plans = openQueryPlans();
after(() => plans.close());

// Only explained, on nothing.
const batchId = 1 as BatchId;
const bucketId = 1 as BucketId;
const nowMs = 1 as EpochMs;
const binning = { batchId, bucketId, userId: 1 as UserId, nowMs };

const GUARD = { lockNowMs: 1, bypassGovernance: false };

const STATEMENTS: Readonly<Record<string, (tx: WriteTx) => Promise<unknown>>> = {
  dropStale: (tx) => items.dropStale(tx, batchId, bucketId),
  dropGone: (tx) => items.dropGone(tx, batchId, bucketId),
  dropOccupied: (tx) => items.dropOccupied(tx, batchId, bucketId),
  dropUnbinned: (tx) => items.dropUnbinned(tx, batchId, bucketId),
  dropWhereNullStands: (tx) => items.dropWhereNullStands(tx, batchId, bucketId),
  sumVersions: (tx) => versions.sumVersions(tx, batchId, bucketId),
  sumTaken: (tx) => versions.sumTaken(tx, batchId, bucketId),
  sumOlder: (tx) => versions.sumOlder(tx, 'target_key', batchId, bucketId),
  transfer: (tx) =>
    versions.insertTransferred(tx, {
      batchId,
      bucketId,
      targetBucketId: bucketId,
      ownerId: null,
      modifiedMs: null,
      nowMs,
      lock: UNLOCKED_COLUMNS,
    }),
  deleteOlderNulls: (tx) => versions.deleteOlderNulls(tx, 'key', batchId, bucketId, GUARD),
  hideOlder: (tx) => versions.hideOlder(tx, 'key', batchId, bucketId),
  deleteTaken: (tx) => versions.deleteTaken(tx, batchId, bucketId, GUARD),
  listLocksTaken: (tx) => versions.listLocksTaken(tx, batchId, bucketId),
  listLocksOlder: (tx) => versions.listLocksOlder(tx, 'target_key', batchId, bucketId),
  promoteNewest: (tx) => versions.promoteNewest(tx, batchId, bucketId),
  copyBodies: (tx) => bodies.copyBodies(tx, batchId, bucketId),
  releaseBodies: (tx) => bodies.releaseBodies(tx, batchId, nowMs),
  binOlderNulls: (tx) => bin.binOlderNulls(tx, 'key', binning),
  binUnlessTwin: (tx) => bin.binUnlessTwin(tx, binning, bucketId),
  insertRestored: (tx) => bin.insertRestored(tx, { batchId, bucketId, nowMs }, UNLOCKED_COLUMNS),
  insertReturned: (tx) => bin.insertReturned(tx, batchId, bucketId),
  noteBinnedBodies: (tx) => bin.noteBinnedBodies(tx, batchId, bucketId),
  deleteBinned: (tx) => bin.deleteBinned(tx, batchId, bucketId),
};

for (const [name, use] of Object.entries(STATEMENTS)) {
  test(`${name} finds its rows by the items, however much the bucket holds`, async () => {
    for (const plan of await plans.of(use)) {
      assert.doesNotMatch(plan, /SCAN (?!b\b)/, plan);
      assert.doesNotMatch(plan, /(?:v|object_version|s|n) USING PRIMARY KEY \(bucket_id=\?\)/, plan);
      assert.doesNotMatch(plan, /SEARCH b USING PRIMARY KEY \(bucket_id=\?\)/, plan);
    }
  });
}

test('a page of the bin begins where the page before ended', async () => {
  const [plan = ''] = await plans.of((tx) => bin.listBinned(tx, bucketId, bin.BIN_START, 10));
  assert.match(plan, /SEARCH binned_object USING PRIMARY KEY \(bucket_id=\? AND batch_id<\?\)/);
  assert.doesNotMatch(plan, /TEMP B-TREE/);
});

test('looking back reads keys in their order, from where it goes on', async () => {
  const range = { from: 'a', end: 'b' };
  for (const use of [
    (tx: WriteTx) => history.listHistory(tx, bucketId, range, 10),
    (tx: WriteTx) => history.findStanding(tx, bucketId, 'a', { seq: 9, atMs: 9 }),
    (tx: WriteTx) => history.listMoments(tx, bucketId, range, 10),
    (tx: WriteTx) => history.listOlderMoments(tx, bucketId, { key: 'a', seq: 9 }, 10),
  ]) {
    const [plan = ''] = await plans.of(use);
    assert.match(plan, /SEARCH object_version USING PRIMARY KEY \(bucket_id=\? AND key/);
    assert.doesNotMatch(plan, /TEMP B-TREE/);
  }
});
