import { findRoom } from '../../db/tables/tenant-usage.ts';
import { noSuchBucket } from '../../domain/absent-bucket.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { BucketLimits, HeldNow } from '../../domain/quota.ts';
import { authorize } from '../access/authorize.ts';
import { decideAccess } from '../access/decide-access.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { QUOTA_ACTION } from './put-bucket-quota.ts';
import { requireBucket } from './require-bucket.ts';

export interface QuotaDescription {
  readonly limits: BucketLimits;
  readonly held: HeldNow;
  /** Is the caller of the bucket's account, or an operator: then the tenant's own numbers are theirs to see. */
  readonly seesTenant: boolean;
  readonly mayChange: boolean;
}

/** How much a bucket may hold, and holds, for who may read it. Throws AccessDenied, NoSuchBucket. */
export async function describeQuota(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
): Promise<QuotaDescription> {
  await authorize(context, { identity, iamAction: 's3:ListBucket', bucket: name });
  const bucket = await requireBucket(context, name);
  const room = await context.catalogue.read((tx) => findRoom(tx, bucket.id));
  if (room === undefined) throw noSuchBucket(name);
  const decision = await decideAccess(context, { identity, iamAction: QUOTA_ACTION, bucket: name });
  const mayChange = decision.effect === 'Allow';
  const sharesAccount = identity.kind === 'user' && identity.accountId === bucket.ownerAccountId;
  return { limits: room.limits, held: room.held, seesTenant: sharesAccount || mayChange, mayChange };
}
