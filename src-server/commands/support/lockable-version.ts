import { findBatchBucket } from '../../db/tables/bucket.ts';
import { findVersionHead, type VersionHead } from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import { deleteMarkerInTheWay, noSuchObject } from '../../domain/absent-object.ts';
import { requireBucketLock } from '../../domain/bucket-lock.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketId, ObjectKey, VersionId } from '../../domain/ids.ts';

export interface LockableRef {
  readonly bucketId: BucketId;
  readonly key: ObjectKey;
  /** Undefined: the current version. */
  readonly versionId: VersionId | undefined;
}

/**
 * The version whose lock is asked for or set.
 *
 * @throws Failure NoSuchBucket, InvalidRequest where the bucket has no Object Lock, NoSuchKey, NoSuchVersion,
 *   MethodNotAllowed for a delete marker
 */
export async function requireLockable(tx: ReadTx, { bucketId, key, versionId }: LockableRef): Promise<VersionHead> {
  const bucket = await findBatchBucket(tx, bucketId);
  if (bucket === undefined) throw new Failure('NoSuchBucket');
  requireBucketLock(bucket.objectLock);
  const version = await findVersionHead(tx, bucketId, key, versionId);
  if (version === undefined) throw noSuchObject(key, versionId);
  if (version.is_marker === 1) throw deleteMarkerInTheWay(key, version.version_id, versionId !== undefined);
  return version;
}
