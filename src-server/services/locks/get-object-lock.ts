import { requireLockable } from '../../commands/support/lockable-version.ts';
import type { LockColumns } from '../../domain/lock.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { VersionRef } from '../objects/stored-object.ts';

/** The lock of a version. Throws NoSuchBucket, InvalidRequest without Object Lock, and as `requireLockable`. */
export async function getObjectLock(
  context: ServiceContext,
  { bucket, key, versionId }: VersionRef,
): Promise<LockColumns> {
  const { id: bucketId } = await requireBucket(context, bucket);
  return context.catalogue.read((tx) => requireLockable(tx, { bucketId, key, versionId }));
}
