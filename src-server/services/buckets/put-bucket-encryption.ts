import type { BucketName } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { changedBy, tellOfChange } from './bucket-change.ts';
import { type Bucket, requireBucket } from './require-bucket.ts';

/** Sets the default encryption of new objects; undefined removes it. Throws NoSuchBucket. */
export async function putBucketEncryption(
  context: ServiceContext,
  identity: Identity,
  name: BucketName,
  encryption: Bucket['encryption'],
): Promise<void> {
  const bucket = await requireBucket(context, name);
  const ref = { id: bucket.id, name };
  await context.engine.submit('put-bucket-encryption', { bucket: ref, encryption, ...changedBy(context, identity) });
  tellOfChange(context, bucket);
}
