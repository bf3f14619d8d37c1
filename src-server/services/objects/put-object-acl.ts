import type { VersionId } from '../../domain/ids.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import { aclColumnFor, type RequestedAcl } from '../access/requested-acl.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { getObjectOwner } from './get-object-owner.ts';
import type { VersionRef } from './stored-object.ts';

/** Replaces the ACL of a version. Answers its id where the bucket shows ids. Throws as `getObjectOwner` and `aclColumnFor`. */
export async function putObjectAcl(
  context: ServiceContext,
  ref: VersionRef,
  requested: RequestedAcl,
): Promise<VersionId | undefined> {
  const bucket = await requireBucket(context, ref.bucket);
  const owner = await getObjectOwner(context, ref.bucket, ref.key, ref.versionId);
  const acl = await aclColumnFor(context, bucket, owner.canonicalId, requested);
  // Where ACLs are off there is nothing to store: what is accepted is what everything has.
  if (bucket.ownership === 'BucketOwnerEnforced') return shownVersionId(bucket.versioning, owner.versionId);
  const versionId = await context.engine.submit('put-object-acl', {
    bucketId: bucket.id,
    key: ref.key,
    versionId: ref.versionId,
    acl,
  });
  return shownVersionId(bucket.versioning, versionId);
}
