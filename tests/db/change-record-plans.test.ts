import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { findRunEnd, sumOpenUploads, sumVersions } from '../../src-server/db/tables/bucket-breakdown.ts';
import { findChange, forgetOldChanges, listChanges, newestChanges } from '../../src-server/db/tables/change-record.ts';
import type { BucketId } from '../../src-server/domain/ids.ts';
import { openQueryPlans } from '../support/query-plans.ts';

const plans = openQueryPlans();
after(() => plans.close());
const TARGET = { scope: 'bucket', target: '1' } as const;
const BUCKET = 1 as BucketId;

test('the history of a target is found by the target', async () => {
  const found = await plans.of(async (tx) => {
    await listChanges(tx, TARGET, { below: 10, limit: 5 });
    await newestChanges(tx, TARGET);
    await findChange(tx, 1);
    await forgetOldChanges(tx, TARGET, 5);
  });
  assert.match(
    found[0] ?? '',
    /^SEARCH change_record USING INDEX change_record_by_target \(scope=\? AND target=\? AND id<\?\)$/,
  );
  assert.match(found[1] ?? '', /^SEARCH change_record USING INDEX change_record_by_target \(scope=\? AND target=\?\)/);
  assert.equal(found[2], 'SEARCH change_record USING INTEGER PRIMARY KEY (rowid=?)');
  assert.doesNotMatch(found[3] ?? '', /SCAN/);
});

test('what a bucket holds is added up in runs of its keys', async () => {
  const found = await plans.of(async (tx) => {
    await findRunEnd(tx, BUCKET, 'a', 5000);
    await sumVersions(tx, BUCKET, 'a', 'b');
    await sumVersions(tx, BUCKET, 'a', undefined);
    await sumOpenUploads(tx, BUCKET);
  });
  for (const plan of found) assert.doesNotMatch(plan, /SCAN/);
  assert.match(found[1] ?? '', /bucket_id=\? AND key>\? AND key<\?/);
});
