import { countKeysOfTenant } from '../../db/tables/access-key.ts';
import { countBucketsOfTenant } from '../../db/tables/bucket.ts';
import type { IamUserRow } from '../../db/tables/iam-user.ts';
import { findTenantById } from '../../db/tables/tenant.ts';
import type { ReadTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';

type Holder = Pick<IamUserRow, 'tenant_id'>;

/** Asked before a user gets a further bucket. Throws TooManyBuckets (DESIGN §1) where the tenant has as many as it may. */
export async function checkBucketLimit(tx: ReadTx, { tenant_id }: Holder): Promise<void> {
  const max = tenant_id === null ? undefined : (await findTenantById(tx, tenant_id))?.max_buckets;
  if (tenant_id === null || max === undefined || max === null) return;
  if ((await countBucketsOfTenant(tx, tenant_id)) >= max) {
    throw new Failure('TooManyBuckets', 'The tenant has as many buckets as it may have');
  }
}

/** Asked before a user gets a further access key. Throws LimitExceeded, IAM's word, where the tenant has as many as it may. */
export async function checkKeyLimit(tx: ReadTx, { tenant_id }: Holder): Promise<void> {
  const max = tenant_id === null ? undefined : (await findTenantById(tx, tenant_id))?.max_keys;
  if (tenant_id === null || max === undefined || max === null) return;
  if ((await countKeysOfTenant(tx, tenant_id)) >= max) {
    throw new Failure('LimitExceeded', 'the tenant has as many access keys as it may have');
  }
}
