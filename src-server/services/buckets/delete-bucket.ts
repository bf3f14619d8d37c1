import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { requireBucket } from './require-bucket.ts';

/** Removes an empty bucket and its open uploads. Throws BucketNotEmpty (versions and delete markers count), NoSuchBucket. */
export async function deleteBucket(context: ServiceContext, name: BucketName): Promise<void> {
  const { id } = await requireBucket(context, name);
  const input = { bucket: { id, name }, nowMs: context.now() };
  // Ends: each round removes uploads that stood when it began, and new ones need requests of their own.
  while ((await context.engine.submit('delete-bucket', input)).kind === 'uploads-left');
}
