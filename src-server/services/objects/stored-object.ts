import { readSystemMetadata, readTags, readUserMetadata } from '../../db/tables/object-columns.ts';
import { findVersion, type VersionRow } from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import { deleteMarkerInTheWay, noSuchObject } from '../../domain/absent-object.ts';
import type { Tag } from '../../domain/bucket-settings.ts';
import { readChecksum, type StoredChecksum } from '../../domain/checksum.ts';
import type {
  BodyId,
  BucketId,
  BucketName,
  EpochMs,
  ETag,
  ObjectKey,
  SequenceId,
  VersionId,
} from '../../domain/ids.ts';
import type { LockColumns } from '../../domain/lock.ts';
import { DEFAULT_CONTENT_TYPE, type SystemMetadata } from '../../domain/object-headers.ts';
import type { UserMetadata } from '../../domain/user-metadata.ts';

/** Names a version, or the current one. */
export interface VersionRef {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly versionId: VersionId | undefined;
}

/** A version of an object as services hand it out. */
export interface StoredObject {
  readonly key: ObjectKey;
  readonly seq: SequenceId;
  readonly versionId: VersionId;
  readonly sizeBytes: number;
  readonly etag: ETag;
  readonly modifiedMs: EpochMs;
  readonly storageClass: string;
  readonly contentType: string;
  readonly system: SystemMetadata | undefined;
  readonly userMetadata: UserMetadata | undefined;
  readonly tags: readonly Tag[];
  readonly checksum: StoredChecksum | undefined;
  /** The wrapped data key; null where the bytes are not encrypted. */
  readonly envelope: Uint8Array | null;
  /** Null unless it was a multipart upload. */
  readonly partCount: number | null;
  readonly bodyId: BodyId | null;
  readonly lock: LockColumns;
}

/**
 * Reads a version, the current one where no id is given.
 *
 * @throws Failure NoSuchKey, NoSuchVersion, MethodNotAllowed (405) for the id of a delete marker
 */
export async function requireVersion(
  tx: ReadTx,
  bucketId: BucketId,
  key: ObjectKey,
  versionId: VersionId | undefined,
): Promise<StoredObject> {
  const row = await findVersion(tx, bucketId, key, versionId);
  if (row === undefined) throw noSuchObject(key, versionId);
  if (row.is_marker === 1) {
    throw deleteMarkerInTheWay(key, row.version_id, versionId !== undefined, row.modified_ms);
  }
  return toStoredObject(row);
}

function toStoredObject(row: VersionRow): StoredObject {
  return {
    key: row.key,
    seq: row.seq,
    versionId: row.version_id,
    sizeBytes: row.size,
    etag: row.etag,
    modifiedMs: row.modified_ms,
    storageClass: row.storage_class,
    contentType: row.content_type ?? DEFAULT_CONTENT_TYPE,
    system: readSystemMetadata(row.system_metadata),
    userMetadata: readUserMetadata(row.user_metadata),
    tags: readTags(row.tags),
    checksum: row.checksum === null ? undefined : readChecksum(row.checksum),
    envelope: row.envelope,
    partCount: row.part_count,
    bodyId: row.body_id,
    lock: row,
  };
}
