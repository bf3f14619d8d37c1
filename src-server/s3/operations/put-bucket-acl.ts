import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { acceptOwnerOnlyAcl } from '../http/accept-owner-only-acl.ts';
import { checkBucketAclHeader } from '../http/bucket-acl-header.ts';
import { emptyResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';

/** PutBucketAcl: accepts the ACL that every bucket has, and stores nothing. */
export const putBucketAcl: BucketOperation = async (context, request) => {
  const bucket = await requireBucket(context, request.target.bucket);
  await acceptOwnerOnlyAcl(request, {
    hasCannedAcl: checkBucketAclHeader(request),
    ownerCanonicalId: bucket.ownerCanonicalId,
    ownership: bucket.ownership,
  });
  return emptyResponse();
};
