import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { requireBucket } from './require-bucket.ts';

/** Enables or suspends versioning; a bucket never goes back to having none. Throws NoSuchBucket. */
export async function putBucketVersioning(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  versioning: 'Enabled' | 'Suspended',
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-versioning', { bucket: ref, versioning, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
