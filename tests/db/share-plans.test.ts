import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { listSharesLeadingTo } from '../../src-server/db/tables/share.ts';
import type { BucketId, UserId } from '../../src-server/domain/ids.ts';
import { openQueryPlans } from '../support/query-plans.ts';

const plans = openQueryPlans();
after(() => plans.close());

for (const makerId of [undefined, 1 as UserId]) {
  test(`the links to a file, of ${makerId === undefined ? 'everybody' : 'one maker'}, are read by its bucket, in order`, async () => {
    const target = { bucketId: 1 as BucketId, item: 'a.txt' };
    const [plan = ''] = await plans.of((tx) =>
      listSharesLeadingTo(tx, target, makerId, { createdMs: 9, id: 'ff' }, 10),
    );
    assert.match(plan, /SEARCH s USING INDEX share_by_bucket \(bucket_id=\?/);
    assert.doesNotMatch(plan, /TEMP B-TREE/);
  });
}
