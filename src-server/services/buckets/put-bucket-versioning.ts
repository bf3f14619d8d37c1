import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { requireBucket } from './require-bucket.ts';

/** Enables or suspends versioning; a bucket never goes back to having none. Throws NoSuchBucket. */
export async function putBucketVersioning(
  context: ServiceContext,
  name: BucketName,
  versioning: 'Enabled' | 'Suspended',
): Promise<void> {
  const { id } = await requireBucket(context, name);
  await context.engine.submit('put-bucket-versioning', { bucket: { id, name }, versioning });
}
