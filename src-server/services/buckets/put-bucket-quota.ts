import type { BucketQuota } from '../../commands/put-bucket-quota.ts';
import type { BucketName } from '../../domain/ids.ts';
import { authorize } from '../access/authorize.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { requireBucket } from './require-bucket.ts';

/** Admins set it, of the account or of the install: what the owner could lift would hold nobody. */
export const QUOTA_ACTION = 'stowage:PutBucketQuota';

/** Sets how much a bucket may hold. Throws AccessDenied, NoSuchBucket. */
export async function putBucketQuota(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  quota: BucketQuota,
): Promise<void> {
  await authorize(context, { identity, iamAction: QUOTA_ACTION, bucket: name });
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-quota', { bucket: ref, quota, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
