import type { NewVersion } from '../../db/tables/object-version.ts';
import type { BodyId, BucketId, EpochMs, ETag, ObjectKey, UserId, VersionId } from '../../domain/ids.ts';
import type { LockColumns } from '../../domain/lock.ts';
import type { VersionLock } from './publish-version.ts';

/** A version to be, as the commands that write one take it. Columns are as `db/tables/object-columns.ts` makes them. */
export interface NewObject {
  readonly bucketId: BucketId;
  readonly key: ObjectKey;
  /** The version's id where versioning is enabled. */
  readonly candidateId: VersionId;
  readonly ownerId: UserId;
  readonly modifiedMs: EpochMs;
  readonly sizeBytes: number;
  readonly etag: ETag;
  readonly storageClass: string;
  readonly contentType: string;
  readonly systemMetadata: string | null;
  readonly userMetadata: string | null;
  readonly tags: string | null;
  /** As `domain/acl.ts` writes it; left out or null: the default one, the only one there is while ACLs are off. */
  readonly acl?: string | null;
  readonly checksum: string | null;
  readonly envelope: Uint8Array | null;
  readonly lock: VersionLock;
}

/** The row of a version written in one piece. */
export function objectRow(
  object: NewObject,
  bodyId: BodyId | null,
): Omit<NewVersion, 'seq' | 'version_id' | keyof LockColumns> {
  return {
    bucket_id: object.bucketId,
    key: object.key,
    is_marker: 0,
    owner_id: object.ownerId,
    modified_ms: object.modifiedMs,
    size: object.sizeBytes,
    etag: object.etag,
    storage_class: object.storageClass,
    content_type: object.contentType,
    system_metadata: object.systemMetadata,
    user_metadata: object.userMetadata,
    tags: object.tags,
    acl: object.acl ?? null,
    checksum: object.checksum,
    envelope: object.envelope === null ? null : Buffer.from(object.envelope),
    part_count: null,
    body_id: bodyId,
  };
}
