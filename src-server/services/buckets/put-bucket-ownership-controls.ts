import { readAcl } from '../../domain/acl.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Sets the ownership controls; undefined removes them. Throws NoSuchBucket; InvalidBucketAclWithObjectOwnership while the ACL gives others something. */
export async function putBucketOwnershipControls(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  ownership: Bucket['ownership'],
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const grants = readAcl(bucket.acl, bucket.ownerCanonicalId);
  const isShared = grants.some(
    ({ grantee }) => grantee.kind === 'group' || grantee.canonicalId !== bucket.ownerCanonicalId,
  );
  if (ownership === 'BucketOwnerEnforced' && isShared) throw new Failure('InvalidBucketAclWithObjectOwnership');
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-ownership-controls', {
    bucket: ref,
    ownership,
    ...changedBy(context, identity),
  });
  tellOfChange(context, bucket);
}
