import { readAcl } from '../../domain/acl.ts';
import { requireBucket } from '../../services/buckets/require-bucket.ts';
import { xmlResponse } from '../http/respond.ts';
import type { BucketOperation } from '../operation.ts';
import { aclXml } from '../xml/shapes/access-control-policy.ts';

/** GetBucketAcl: where ACLs are off, the owner has full control. */
export const getBucketAcl: BucketOperation = async (context, request) => {
  const bucket = await requireBucket(context, request.target.bucket);
  const owner = { canonicalId: bucket.ownerCanonicalId, displayName: bucket.ownerDisplayName };
  const column = bucket.ownership === 'BucketOwnerEnforced' ? undefined : bucket.acl;
  return xmlResponse(aclXml(owner, readAcl(column, owner.canonicalId)));
};
