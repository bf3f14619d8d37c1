import type { VersionId } from '../../domain/ids.ts';
import type { Retention } from '../../domain/lock.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { VersionRef } from '../objects/stored-object.ts';

export interface RetentionChange {
  /** Undefined: none any more. */
  readonly retention: Retention | undefined;
  readonly bypassGovernance: boolean;
}

/** Sets until when a version is kept. Answers the version's id where the bucket shows ids. Throws as the command, and NoSuchBucket. */
export async function putObjectRetention(
  context: ServiceContext,
  { bucket: name, key, versionId }: VersionRef,
  change: RetentionChange,
): Promise<VersionId | undefined> {
  const bucket = await requireBucket(context, name);
  const changed = await context.engine.submit('put-object-retention', {
    bucketId: bucket.id,
    bucketName: name,
    key,
    versionId,
    ...change,
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
  });
  return shownVersionId(bucket.versioning, changed.versionId);
}
