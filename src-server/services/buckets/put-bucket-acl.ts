import { isPublicAcl, readAcl } from '../../domain/acl.ts';
import type { BucketName } from '../../domain/ids.ts';
import { aclColumnFor, type RequestedAcl } from '../access/requested-acl.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Replaces the ACL of a bucket. Throws NoSuchBucket and as `aclColumnFor`. */
export async function putBucketAcl(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  requested: RequestedAcl,
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const acl = await aclColumnFor(context, bucket, bucket.ownerCanonicalId, requested);
  await storeBucketAcl(context, identity, bucket, acl ?? undefined);
}

/** Gives a bucket an ACL as its column holds it; undefined: the default one. Throws as the command. */
export async function storeBucketAcl(
  context: ServiceContext,
  identity: Identity,
  bucket: Bucket,
  acl: Bucket['acl'],
): Promise<void> {
  const isPublic = isPublicAcl(readAcl(acl, bucket.ownerCanonicalId));
  const ref = { id: bucket.id, name: bucket.name };
  await context.engine.submit('put-bucket-acl', { bucket: ref, acl, isPublic, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
