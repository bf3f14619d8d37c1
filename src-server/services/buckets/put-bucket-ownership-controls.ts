import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Sets the ownership controls; undefined removes them. Throws NoSuchBucket. */
export async function putBucketOwnershipControls(
  context: ServiceContext,
  name: BucketName,
  ownership: Bucket['ownership'],
): Promise<void> {
  const { id } = await requireBucket(context, name);
  await context.engine.submit('put-bucket-ownership-controls', { bucket: { id, name }, ownership });
}
