import type { BucketLock } from '../../domain/bucket-lock.ts';
import type { BucketName } from '../../domain/ids.ts';
import { changedBy, tellOfChange } from '../buckets/bucket-change.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';

/** Turns Object Lock on for good, or sets its default retention. Throws as the command. */
export async function putBucketObjectLock(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  objectLock: BucketLock,
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-object-lock', { bucket: ref, objectLock, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
