import { type Bucket, setBucketAcl } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { requireStandingBucket } from './support/bucket-still-stands.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketAclInput extends BucketChangeInput {
  /** Undefined brings back the default. */
  readonly acl: Bucket['acl'];
  /** It grants something to people it does not name. */
  readonly isPublic: boolean;
}

/**
 * Replaces the ACL of a bucket. Throws NoSuchBucket, AccessControlListNotSupported where ACLs are off, AccessDenied for a public one where
 * BlockPublicAcls is on: decided here, so that none slips in while a switch is turned.
 */
export async function putBucketAcl(tx: WriteTx, input: PutBucketAclInput): Promise<void> {
  const stands = await requireStandingBucket(tx, input.bucket);
  if (input.acl !== undefined && stands.ownership === 'BucketOwnerEnforced') {
    throw new Failure('AccessControlListNotSupported');
  }
  if (input.isPublic && stands.publicAccessBlock?.blockPublicAcls === true) throw new Failure('AccessDenied');
  await changeBucket(tx, input, 'acl', input.acl, setBucketAcl);
}
