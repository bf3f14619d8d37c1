import type { DeleteOutcome } from '../../commands/support/delete-key.ts';
import type { ETagCondition } from '../../domain/etag.ts';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { freshVersionId, ownerOfNewObject } from './object-attributes.ts';

export interface DeleteObjectRequest {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly versionId: VersionId | undefined;
  readonly condition: ETagCondition | undefined;
  /** The caller may remove what is under governance, and said so. */
  readonly bypassGovernance: boolean;
}

/**
 * Deletes a key, or one version for good. Throws NoSuchBucket, PreconditionFailed, NoSuchKey (a condition without object),
 * AccessDenied where the version is locked.
 */
export async function deleteObject(context: ServiceContext, request: DeleteObjectRequest): Promise<DeleteOutcome> {
  const { key, versionId, condition, bypassGovernance } = request;
  const bucket = await requireBucket(context, request.bucket);
  return context.engine.submit('delete-object', {
    scene: {
      bucketId: bucket.id,
      ownerId: ownerOfNewObject(bucket, request.identity),
      nowMs: context.now(),
      lockNowMs: context.lockClock.nowMs(),
    },
    request: { key, versionId, condition, bypassGovernance, markerId: freshVersionId() },
  });
}
