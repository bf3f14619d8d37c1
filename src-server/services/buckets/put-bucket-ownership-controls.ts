import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Sets the ownership controls; undefined removes them. Throws NoSuchBucket. */
export async function putBucketOwnershipControls(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  ownership: Bucket['ownership'],
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-ownership-controls', {
    bucket: ref,
    ownership,
    ...changedBy(context, identity),
  });
  tellOfChange(context, bucket);
}
