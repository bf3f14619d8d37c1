import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { tellOfChange } from './bucket-change.ts';
import { requireBucket } from './require-bucket.ts';

/** Removes an empty bucket, its open uploads and what is in its bin. Throws BucketNotEmpty (versions and delete markers count), NoSuchBucket. */
export async function deleteBucket(context: ServiceContext, name: BucketName): Promise<void> {
  const { id, ownerId } = await requireBucket(context, name);
  const input = { bucket: { id, name }, nowMs: context.now() };
  // Ends: each round removes some of what stood when it began, and more of it needs requests of its own.
  while ((await context.engine.submit('delete-bucket', input)).kind === 'some-left');
  tellOfChange(context, { name, ownerId });
}
