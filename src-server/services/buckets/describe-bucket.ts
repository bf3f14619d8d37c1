import { findUserById } from '../../db/tables/iam-user.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import { authorize } from '../access/authorize.ts';
import { decideAccess } from '../access/decide-access.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { CHANGE_ACTIONS } from './change-settings.ts';
import { type BucketAccessDescription, describeBucketAccess } from './describe-bucket-access.ts';
import { describeQuota, type QuotaDescription } from './describe-quota.ts';
import { QUOTA_ACTION } from './put-bucket-quota.ts';
import { type BucketSummary, summariseBucket } from './summarise-buckets.ts';

/** A bucket with what its own page shows beside its settings. */
export interface BucketDescription extends BucketSummary {
  readonly ownerName: string;
  /** Undefined: not for this user to see. */
  readonly access: BucketAccessDescription | undefined;
  readonly quota: QuotaDescription | undefined;
  readonly mayChange: boolean;
}

const READ_ACTIONS = [
  's3:GetBucketVersioning',
  's3:GetEncryptionConfiguration',
  's3:GetBucketCORS',
  's3:GetBucketTagging',
  's3:GetBucketOwnershipControls',
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketObjectLockConfiguration',
];

/** A bucket with all its settings, for who may read each of them. Throws AccessDenied, NoSuchBucket. */
export async function describeBucket(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
): Promise<BucketDescription> {
  for (const iamAction of READ_ACTIONS) await authorize(context, { identity, iamAction, bucket: name });
  const summary = await summariseBucket(context, identity, name);
  const owner = await context.catalogue.read((tx) => findUserById(tx, summary.bucket.ownerId));
  const mayList = await decideAccess(context, { identity, iamAction: 's3:ListBucket', bucket: name });
  return {
    ...summary,
    ownerName: owner?.name ?? '',
    access: await describeBucketAccess(context, identity, name),
    quota: mayList.effect === 'Allow' ? await describeQuota(context, identity, name) : undefined,
    mayChange: await mayChange(context, identity, name),
  };
}

async function mayChange(context: ServiceContext, identity: Identity, bucket: BucketName): Promise<boolean> {
  try {
    // How much it may hold is for admins, and a question of its own.
    const actions = Object.values(CHANGE_ACTIONS).filter((action) => action !== QUOTA_ACTION);
    for (const iamAction of [...actions, 's3:DeleteBucket']) {
      await authorize(context, { identity, iamAction, bucket });
    }
    return true;
  } catch (error) {
    if (isFailure(error, 'AccessDenied')) return false;
    throw error;
  }
}
