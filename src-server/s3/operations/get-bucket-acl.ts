import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { ownerOnlyAclXml } from '../xml/shapes/access-control-policy.ts';

/** GetBucketAcl: every bucket is private to its owner. */
export const getBucketAcl: BucketOperation = async (context, request) => {
  const bucket = await requireBucket(context, request.target.bucket);
  return xmlResponse(ownerOnlyAclXml({ canonicalId: bucket.ownerCanonicalId, displayName: bucket.ownerDisplayName }));
};
