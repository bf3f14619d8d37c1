import type { BatchId, BucketId, EpochMs, ObjectKey, UserId } from '../../domain/ids.ts';
import type { LockColumns } from '../../domain/lock.ts';
import type { WriteTx } from '../tx.ts';
import { type SqlGuard, unlocked, unlockedParameters } from './lock-guard.ts';

/*
 * What a batch of an operation does to the versions of the keys that operation_item names: each statement does it to all.
 * Versions and markers that a batch makes have the batch's id as `seq`. CROSS JOIN keeps the items in front: the planner would
 * rather walk through the bucket.
 */

/** Which of an item's two keys a statement is about. */
export type KeyColumn = 'key' | 'target_key';

/** A statement for either column; texts are constants. */
function forBoth(sql: (column: KeyColumn) => string): Readonly<Record<KeyColumn, string>> {
  return { key: sql('key'), target_key: sql('target_key') };
}

const SUM = `SELECT count(*) AS objects, coalesce(sum(v.size), 0) AS bytes
  FROM operation_item AS i CROSS JOIN object_version AS v
  WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq AND i.batch_id = ?`;

export interface BatchSum {
  readonly objects: number;
  readonly bytes: number;
}

/** Number and bytes of the versions that the batch takes. */
export async function sumVersions(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<BatchSum> {
  return (await tx.get<BatchSum>(SUM, bucketId, batchId)) ?? { objects: 0, bytes: 0 };
}

const TRANSFER = `INSERT INTO object_version (bucket_id, key, seq, version_id, is_current, is_marker, owner_id, modified_ms,
    size, etag, storage_class, content_type, system_metadata, user_metadata, tags, acl, checksum, envelope, part_count, body_id, came_ms,
    retention_mode, retain_until_ms)
  SELECT ?, i.target_key, i.batch_id, i.version_id, 1, 0, coalesce(?, v.owner_id), coalesce(?, v.modified_ms),
    v.size, v.etag, v.storage_class, v.content_type, v.system_metadata, v.user_metadata, v.tags, v.acl, v.checksum,
    v.envelope, v.part_count, CASE WHEN v.body_id IS NULL THEN NULL ELSE coalesce(i.body_id, v.body_id) END, ?, ?, ?
  FROM operation_item AS i CROSS JOIN object_version AS v
  WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq AND i.batch_id = ?`;

export interface Transfer {
  readonly batchId: BatchId;
  readonly bucketId: BucketId;
  readonly targetBucketId: BucketId;
  /** Null keeps each object's own. */
  readonly ownerId: UserId | null;
  /** Null keeps each object's own. */
  readonly modifiedMs: EpochMs | null;
  readonly nowMs: EpochMs;
  /** Of the target bucket's new versions; the sources' own locks stay with the sources. */
  readonly lock: LockColumns;
}

/** Adds the versions at the targets: with the bodies of the items, or where those have none, with the source's own. */
export async function insertTransferred(tx: WriteTx, transfer: Transfer): Promise<void> {
  const { batchId, bucketId, targetBucketId, ownerId, modifiedMs, nowMs, lock } = transfer;
  const cameMs = modifiedMs === null ? nowMs : null;
  const { retention_mode, retain_until_ms } = lock;
  await tx.run(
    TRANSFER,
    targetBucketId,
    ownerId,
    modifiedMs,
    cameMs,
    retention_mode,
    retain_until_ms,
    bucketId,
    batchId,
  );
}

const MARK = `INSERT INTO object_version (bucket_id, key, seq, version_id, is_current, is_marker, owner_id, modified_ms,
    size, etag, storage_class, content_type, system_metadata, user_metadata, tags, acl, checksum, envelope, part_count, body_id)
  SELECT ?, i.key, i.batch_id, i.marker_id, 1, 1, ?, ?,
    0, '', 'STANDARD', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
  FROM operation_item AS i WHERE i.batch_id = ?`;

/** Adds a delete marker at every key; answers how many. */
export function insertMarkers(
  tx: WriteTx,
  marker: { readonly batchId: BatchId; readonly bucketId: BucketId; readonly ownerId: UserId; readonly nowMs: EpochMs },
): Promise<number> {
  return tx.run(MARK, marker.bucketId, marker.ownerId, marker.nowMs, marker.batchId);
}

const OLDER = forBoth(
  (column) => `SELECT coalesce(sum(CASE WHEN v.version_id = 'null' THEN 1 ELSE 0 END), 0) AS nulls,
    coalesce(sum(CASE WHEN v.version_id = 'null' AND v.is_marker = 0 THEN 1 ELSE 0 END), 0) AS null_objects,
    coalesce(sum(CASE WHEN v.version_id = 'null' THEN v.size ELSE 0 END), 0) AS null_bytes,
    coalesce(sum(CASE WHEN v.is_current = 1 AND v.is_marker = 0 THEN 1 ELSE 0 END), 0) AS visible
  FROM operation_item AS i CROSS JOIN object_version AS v
  WHERE v.bucket_id = ? AND v.key = i.${column} AND v.seq < i.batch_id AND i.batch_id = ?`,
);

/** What stood at the keys of a batch before it: `null` versions with markers among them, objects that were to be seen. */
export interface OlderVersions {
  readonly nulls: number;
  readonly null_objects: number;
  readonly null_bytes: number;
  readonly visible: number;
}

export async function sumOlder(
  tx: WriteTx,
  column: KeyColumn,
  batchId: BatchId,
  bucketId: BucketId,
): Promise<OlderVersions> {
  const none = { nulls: 0, null_objects: 0, null_bytes: 0, visible: 0 };
  return (await tx.get<OlderVersions>(OLDER[column], bucketId, batchId)) ?? none;
}

const DELETE_NULLS = forBoth(
  (column) => `DELETE FROM object_version WHERE bucket_id = ? AND version_id = 'null' AND seq < ?
    AND key IN (SELECT i.${column} FROM operation_item AS i WHERE i.batch_id = ?) AND ${unlocked('object_version')}`,
);

/**
 * Removes the rows of `null` versions and markers that stood before the batch; their bodies belong to the bin by then.
 * Answers how many: locked ones stay, and the command must then fail.
 */
export function deleteOlderNulls(
  tx: WriteTx,
  column: KeyColumn,
  batchId: BatchId,
  bucketId: BucketId,
  guard: SqlGuard,
): Promise<number> {
  return tx.run(DELETE_NULLS[column], bucketId, batchId, batchId, ...unlockedParameters(guard));
}

const HIDE = forBoth(
  (column) => `UPDATE object_version SET is_current = 0 WHERE bucket_id = ? AND is_current = 1 AND seq < ?
    AND key IN (SELECT i.${column} FROM operation_item AS i WHERE i.batch_id = ?)`,
);

/** What was current at the keys before the batch is so no more. */
export async function hideOlder(tx: WriteTx, column: KeyColumn, batchId: BatchId, bucketId: BucketId): Promise<void> {
  await tx.run(HIDE[column], bucketId, batchId, batchId);
}

const DELETE_TAKEN = `DELETE FROM object_version WHERE bucket_id = ?
  AND (key, seq) IN (SELECT i.key, i.seq FROM operation_item AS i WHERE i.batch_id = ?) AND ${unlocked('object_version')}`;

/**
 * Removes the rows that the batch took; their bodies have other owners by then, or were released. Answers how many: locked
 * ones stay, and the command must then fail.
 */
export function deleteTaken(tx: WriteTx, batchId: BatchId, bucketId: BucketId, guard: SqlGuard): Promise<number> {
  return tx.run(DELETE_TAKEN, bucketId, batchId, ...unlockedParameters(guard));
}

/** A version with a lock of any kind, over or not, as a batch would take it. */
export type LockedItem = LockColumns & { readonly key: ObjectKey; readonly seq: number };

const LOCKS_TAKEN = `SELECT v.key, v.seq, v.retention_mode, v.retain_until_ms, v.legal_hold
  FROM operation_item AS i CROSS JOIN object_version AS v
  WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq AND i.batch_id = ?
    AND (v.retention_mode IS NOT NULL OR v.retain_until_ms IS NOT NULL OR v.legal_hold IS NOT NULL)`;

/** The versions that the batch would take and that have a lock, for `removability` to judge. */
export function listLocksTaken(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<LockedItem[]> {
  return tx.all<LockedItem>(LOCKS_TAKEN, bucketId, batchId);
}

const LOCKS_OLDER = forBoth(
  (column) => `SELECT v.key, v.seq, v.retention_mode, v.retain_until_ms, v.legal_hold
  FROM operation_item AS i CROSS JOIN object_version AS v
  WHERE v.bucket_id = ? AND v.key = i.${column} AND v.seq < i.batch_id AND i.batch_id = ? AND v.version_id = 'null'
    AND (v.retention_mode IS NOT NULL OR v.retain_until_ms IS NOT NULL OR v.legal_hold IS NOT NULL)`,
);

/** As `listLocksTaken`, of the `null` versions that `deleteOlderNulls` would remove. */
export function listLocksOlder(
  tx: WriteTx,
  column: KeyColumn,
  batchId: BatchId,
  bucketId: BucketId,
): Promise<LockedItem[]> {
  return tx.all<LockedItem>(LOCKS_OLDER[column], bucketId, batchId);
}

const KINDS = `SELECT count(*) AS versions, coalesce(sum(v.size), 0) AS bytes,
    coalesce(sum(CASE WHEN v.is_current = 1 AND v.is_marker = 0 THEN 1 ELSE 0 END), 0) AS visible
  FROM operation_item AS i CROSS JOIN object_version AS v
  WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq AND i.batch_id = ?`;

/** The rows that the batch takes, markers among them. */
export async function sumTaken(
  tx: WriteTx,
  batchId: BatchId,
  bucketId: BucketId,
): Promise<{ readonly versions: number; readonly bytes: number; readonly visible: number }> {
  const none = { versions: 0, bytes: 0, visible: 0 };
  return (await tx.get<typeof none>(KINDS, bucketId, batchId)) ?? none;
}

const PROMOTE = `UPDATE object_version SET is_current = 1 WHERE bucket_id = ? AND is_current = 0
    AND key IN (SELECT i.key FROM operation_item AS i WHERE i.batch_id = ?)
    AND NOT EXISTS (SELECT 1 FROM object_version AS n WHERE n.bucket_id = object_version.bucket_id
      AND n.key = object_version.key AND n.seq > object_version.seq)
  RETURNING is_marker`;

/** Makes the newest version of every key current; answers how many objects are to be seen again by that. */
export async function promoteNewest(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<number> {
  const promoted = await tx.all<{ is_marker: 0 | 1 }>(PROMOTE, bucketId, batchId);
  return promoted.filter((row) => row.is_marker === 0).length;
}
