import { findActingUser } from '../../db/tables/iam-user.ts';
import type { ShareRow } from '../../db/tables/share.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { authorize } from '../access/authorize.ts';
import { identityOf } from '../access/user-identity.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { headObject } from '../objects/head-object.ts';
import { itemsOfShare } from './share-items.ts';

/** On whose behalf a link is used, and where. */
export interface ShareGrant {
  readonly identity: UserIdentity & Identity;
  readonly bucket: BucketName;
}

const UNCONDITIONAL = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};

/**
 * Asks anew whether the maker of a link may do what the link does: with the maker's right, the bucket or the one object, the
 * link is dead. The caller has proven the link's token, or acts for its list.
 *
 * @returns undefined where the link is dead
 */
export async function grantOf(context: ServiceContext, share: ShareRow): Promise<ShareGrant | undefined> {
  const maker = await context.catalogue.read((tx) => findActingUser(tx, share.maker_id));
  if (maker === undefined) return undefined;
  // Minted when the link was made, from a bucket that stood.
  const bucket = share.bucket_name as BucketName;
  // Proven by the link's token, which only its maker was given; every right is the maker's.
  const identity = identityOf(maker, null) as UserIdentity & Identity;
  try {
    if ((await requireBucket(context, bucket)).id !== share.bucket_id) return undefined;
    await checkRights(context, share, { identity, bucket });
  } catch (error) {
    if (isFailure(error, 'AccessDenied', 'NoSuchBucket', 'NoSuchKey', 'MethodNotAllowed')) return undefined;
    throw error;
  }
  return { identity, bucket };
}

async function checkRights(context: ServiceContext, share: ShareRow, { identity, bucket }: ShareGrant): Promise<void> {
  if (share.kind === 'upload') {
    await authorize(context, { identity, iamAction: 's3:PutObject', bucket });
    return;
  }
  if (share.kind !== 'file') await authorize(context, { identity, iamAction: 's3:ListBucket', bucket });
  for (const item of itemsOfShare(share)) {
    // A folder is asked for as the keys in it begin.
    await authorize(context, { identity, iamAction: 's3:GetObject', bucket, key: item as ObjectKey });
  }
  if (share.kind !== 'file') return;
  const [key] = itemsOfShare(share);
  // Minted when the link was made.
  const request = { bucket, key: key as ObjectKey, versionId: undefined, conditions: UNCONDITIONAL };
  await headObject(context, { ...request, wanted: { kind: 'all' } });
}
