import type { BucketId, EpochMs, ObjectKey, UploadId, UserId } from '../../domain/ids.ts';
import type { LockColumns } from '../../domain/lock.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/**
 * A multipart upload: what CreateMultipartUpload fixed of the object to be. Open, or completed and kept a while for a
 * retry. Text columns with structure are read by `domain/`, as those of `object_version`.
 */
export interface UploadRow extends LockColumns {
  readonly id: UploadId;
  readonly bucket_id: BucketId;
  readonly key: ObjectKey;
  readonly state: 'open' | 'completed';
  readonly initiator_id: UserId;
  readonly owner_id: UserId;
  readonly initiated_ms: EpochMs;
  readonly storage_class: string;
  readonly content_type: string | null;
  readonly system_metadata: string | null;
  readonly user_metadata: string | null;
  readonly tags: string | null;
  readonly acl: string | null;
  /** Both null where the client chose no checksum. */
  readonly checksum_algorithm: string | null;
  readonly checksum_type: string | null;
  readonly envelope: Buffer | null;
  readonly completed_ms: EpochMs | null;
  /** Names the request that completed it, so that only the same one is a retry. */
  readonly completed_fingerprint: string | null;
  /** What that request was answered, as JSON. */
  readonly completed_result: string | null;
}

const COLUMNS = `id, bucket_id, key, state, initiator_id, owner_id, initiated_ms, storage_class, content_type,
  system_metadata, user_metadata, tags, acl, checksum_algorithm, checksum_type, envelope,
  retention_mode, retain_until_ms, legal_hold, completed_ms, completed_fingerprint, completed_result`;

const FIND = `SELECT ${COLUMNS} FROM upload WHERE id = ? AND bucket_id = ? AND key = ?`;

/** The upload with this id, if it is of this bucket and key: an id alone opens nothing. */
export function findUpload(
  tx: ReadTx,
  id: UploadId,
  bucketId: BucketId,
  key: ObjectKey,
): Promise<UploadRow | undefined> {
  return tx.get<UploadRow>(FIND, id, bucketId, key);
}

const INSERT = `INSERT INTO upload (${COLUMNS})
  VALUES (?, ?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL)`;

export type NewUpload = Omit<UploadRow, 'state' | 'completed_ms' | 'completed_fingerprint' | 'completed_result'>;

export async function insertUpload(tx: WriteTx, row: NewUpload): Promise<void> {
  await tx.run(
    INSERT,
    row.id,
    row.bucket_id,
    row.key,
    row.initiator_id,
    row.owner_id,
    row.initiated_ms,
    row.storage_class,
    row.content_type,
    row.system_metadata,
    row.user_metadata,
    row.tags,
    row.acl,
    row.checksum_algorithm,
    row.checksum_type,
    row.envelope,
    row.retention_mode,
    row.retain_until_ms,
    row.legal_hold,
  );
}

const COMPLETE = `UPDATE upload
  SET state = 'completed', completed_ms = ?, completed_fingerprint = ?, completed_result = ? WHERE id = ?`;

export async function setUploadCompleted(
  tx: WriteTx,
  id: UploadId,
  completed: { readonly ms: EpochMs; readonly fingerprint: string; readonly result: string },
): Promise<void> {
  await tx.run(COMPLETE, completed.ms, completed.fingerprint, completed.result, id);
}

const DELETE = `DELETE FROM upload WHERE id = ?`;

/** Removes the row; its parts are gone before. */
export async function deleteUploadRow(tx: WriteTx, id: UploadId): Promise<void> {
  await tx.run(DELETE, id);
}

const COMPLETED_BEFORE = `SELECT id FROM upload
  WHERE state = 'completed' AND completed_ms < ? ORDER BY completed_ms, id LIMIT ?`;

/** The longest completed uploads among those completed before a time. */
export async function listUploadsCompletedBefore(tx: ReadTx, beforeMs: EpochMs, limit: number): Promise<UploadId[]> {
  const rows = await tx.all<{ id: UploadId }>(COMPLETED_BEFORE, beforeMs, BigInt(limit));
  return rows.map((row) => row.id);
}

const IDS_OF_BUCKET = `SELECT id, state FROM upload WHERE bucket_id = ?`;

/** All uploads of a bucket, open and completed. */
export function listUploadsOfBucket(tx: ReadTx, bucketId: BucketId): Promise<Pick<UploadRow, 'id' | 'state'>[]> {
  return tx.all<Pick<UploadRow, 'id' | 'state'>>(IDS_OF_BUCKET, bucketId);
}

/** What ListMultipartUploads shows of an upload. */
export type ListedUpload = Pick<
  UploadRow,
  'id' | 'key' | 'initiator_id' | 'owner_id' | 'initiated_ms' | 'storage_class' | 'checksum_algorithm' | 'checksum_type'
>;

const LIST = `SELECT id, key, initiator_id, owner_id, initiated_ms, storage_class, checksum_algorithm, checksum_type
  FROM upload
  WHERE bucket_id = ? AND state = 'open' AND (key, id) > (?, ?) AND key < ?
  ORDER BY key, id LIMIT ?`;

/** A page of open uploads by key, then by time. */
export interface UploadPage {
  /** The place behind which it begins; an empty id stands before all ids of its key. */
  readonly after: { readonly key: string; readonly id: string };
  /** Keys below this. */
  readonly to: string;
  readonly limit: number;
}

export function listOpenUploads(tx: ReadTx, bucketId: BucketId, page: UploadPage): Promise<ListedUpload[]> {
  const { after, to, limit } = page;
  return tx.all<ListedUpload>(LIST, bucketId, after.key, after.id, to, BigInt(limit));
}
