import type { VersionId } from './ids.ts';
import { NULL_VERSION } from './version-id.ts';

/** A bucket's versioning. `Off` was never on; once on it can only be suspended (AWS: PutBucketVersioning). */
export const VERSIONING_STATES = ['Off', 'Enabled', 'Suspended'] as const;
export type VersioningState = (typeof VERSIONING_STATES)[number];

/**
 * The id that a new version or delete marker gets: a fresh one where versioning is enabled, else `null`, which replaces
 * the `null` version that stands.
 *
 * @param candidate an unused id, made before the decision because commands make no random values
 */
export function versionIdFor(versioning: VersioningState, candidate: VersionId): VersionId {
  return versioning === 'Enabled' ? candidate : NULL_VERSION;
}

/**
 * The `x-amz-version-id` of an answer to PutObject, CopyObject or CompleteMultipartUpload: none where versioning was never
 * enabled. AWS leaves it out on suspended buckets too; Veeam fails without it there, so it is told `null` (S3.md Veeam 2).
 */
export function writtenVersionId(
  versioning: VersioningState,
  versionId: VersionId,
  userAgent: string,
): VersionId | undefined {
  switch (versioning) {
    case 'Off':
      return undefined;
    case 'Enabled':
      return versionId;
    case 'Suspended':
      return versionId !== NULL_VERSION || userAgent.includes('APN/1.0 Veeam') ? versionId : undefined;
  }
}

/** The `x-amz-version-id` of an answer about a version that stands, or about a delete marker: none where never enabled. */
export function shownVersionId(versioning: VersioningState, versionId: VersionId): VersionId | undefined {
  return versioning === 'Off' ? undefined : versionId;
}
