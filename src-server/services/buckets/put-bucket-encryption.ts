import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Sets the default encryption of new objects; undefined removes it. Throws NoSuchBucket. */
export async function putBucketEncryption(
  context: ServiceContext,
  name: BucketName,
  encryption: Bucket['encryption'],
): Promise<void> {
  const { id } = await requireBucket(context, name);
  await context.engine.submit('put-bucket-encryption', { bucket: { id, name }, encryption });
}
