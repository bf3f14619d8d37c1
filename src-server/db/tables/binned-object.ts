import type { BatchId, BucketId, EpochMs, ETag, ObjectKey, UserId } from '../../domain/ids.ts';
import type { LockColumns } from '../../domain/lock.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import type { BatchSum, KeyColumn } from './batch-versions.ts';
import { BIGINT, TEXT } from './parameters.ts';

const CONTENT = `owner_id, modified_ms, size, etag, storage_class, content_type, system_metadata, user_metadata, tags, acl,
  checksum, envelope, part_count, body_id`;
const OF_VERSION = `v.owner_id, v.modified_ms, v.size, v.etag, v.storage_class, v.content_type, v.system_metadata,
  v.user_metadata, v.tags, v.acl, v.checksum, v.envelope, v.part_count, v.body_id, v.came_ms`;
const INTO_BIN = `INSERT INTO binned_object (bucket_id, batch_id, key, binned_ms, binned_by, seq, is_marker, ${CONTENT}, came_ms)`;

/** Whose act puts something into the bin, and when. */
export interface Binning {
  readonly batchId: BatchId;
  readonly bucketId: BucketId;
  readonly userId: UserId;
  readonly nowMs: EpochMs;
}

function binNulls(column: KeyColumn): string {
  return `${INTO_BIN}
    SELECT v.bucket_id, i.batch_id, v.key, ?, ?, v.seq, v.is_marker, ${OF_VERSION}
    FROM operation_item AS i CROSS JOIN object_version AS v
    WHERE v.bucket_id = ? AND v.key = i.${column} AND v.seq < i.batch_id AND i.batch_id = ? AND v.version_id = 'null'`;
}
const BIN_NULLS: Readonly<Record<KeyColumn, string>> = { key: binNulls('key'), target_key: binNulls('target_key') };

/** Puts the `null` objects and markers that stood at the keys before the batch into the bin; their rows go with `deleteOlderNulls`. */
export async function binOlderNulls(tx: WriteTx, column: KeyColumn, bin: Binning): Promise<void> {
  await tx.run(BIN_NULLS[column], bin.nowMs, bin.userId, bin.bucketId, bin.batchId);
}

// Where the same content still stands under the key that the item has as target.
const TWIN = `SELECT 1 FROM object_version AS s WHERE s.bucket_id = ? AND s.key = i.target_key AND s.is_current = 1
  AND s.is_marker = 0 AND s.etag = v.etag AND s.size = v.size`;
const BIN_TAKEN = `${INTO_BIN}
  SELECT v.bucket_id, i.batch_id, v.key, ?, ?, v.seq, v.is_marker, ${OF_VERSION}
  FROM operation_item AS i CROSS JOIN object_version AS v
  WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq AND i.batch_id = ? AND v.is_marker = 0 AND NOT EXISTS (${TWIN})`;
const NOTE_TWINS = `UPDATE operation_item SET body_id = v.body_id
  FROM (SELECT i.key, i.seq, v.body_id FROM operation_item AS i CROSS JOIN object_version AS v
    WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq AND i.batch_id = ? AND EXISTS (${TWIN})) AS v
  WHERE operation_item.batch_id = ? AND operation_item.key = v.key AND operation_item.seq = v.seq`;

/**
 * Of the objects that the batch takes: those whose content no longer stands at the item's target go into the bin, the others'
 * bodies are noted in the items, to be released. Answers what went into the bin.
 */
export async function binUnlessTwin(tx: WriteTx, bin: Binning, twinBucketId: BucketId): Promise<BatchSum> {
  await tx.run(BIN_TAKEN, bin.nowMs, bin.userId, bin.bucketId, bin.batchId, twinBucketId);
  await tx.run(NOTE_TWINS, bin.bucketId, bin.batchId, twinBucketId, bin.batchId);
  const sum = await tx.get<BatchSum>(
    'SELECT count(*) AS objects, coalesce(sum(size), 0) AS bytes FROM binned_object WHERE bucket_id = ? AND batch_id = ?',
    bin.bucketId,
    bin.batchId,
  );
  return sum ?? { objects: 0, bytes: 0 };
}

const OF_ITEM = 'b.bucket_id = ? AND b.batch_id = i.seq AND b.key = i.key';
const SUM = `SELECT coalesce(sum(1 - b.is_marker), 0) AS objects, coalesce(sum(b.size), 0) AS bytes, count(*) AS versions
  FROM operation_item AS i CROSS JOIN binned_object AS b WHERE ${OF_ITEM} AND i.batch_id = ?`;

/** Number and bytes of the binned objects that the items name; `versions` counts markers too. */
export async function sumBinned(
  tx: WriteTx,
  batchId: BatchId,
  bucketId: BucketId,
): Promise<BatchSum & { readonly versions: number }> {
  return (
    (await tx.get<BatchSum & { versions: number }>(SUM, bucketId, batchId)) ?? { objects: 0, bytes: 0, versions: 0 }
  );
}

const RESTORE = `INSERT INTO object_version (bucket_id, key, seq, version_id, is_current, is_marker, ${CONTENT}, came_ms,
    retention_mode, retain_until_ms)
  SELECT b.bucket_id, i.target_key, i.batch_id, i.version_id, 1, 0, b.owner_id, b.modified_ms, b.size, b.etag,
    b.storage_class, b.content_type, b.system_metadata, b.user_metadata, b.tags, b.acl, b.checksum, b.envelope,
    b.part_count, b.body_id, ?, ?, ?
  FROM operation_item AS i CROSS JOIN binned_object AS b WHERE ${OF_ITEM} AND i.batch_id = ?`;
const NOTE_BODIES = `UPDATE operation_item SET body_id = b.body_id
  FROM (SELECT i.key, i.seq, b.body_id FROM operation_item AS i CROSS JOIN binned_object AS b WHERE ${OF_ITEM} AND i.batch_id = ?) AS b
  WHERE operation_item.batch_id = ? AND operation_item.key = b.key AND operation_item.seq = b.seq`;
const REMOVE = `DELETE FROM binned_object WHERE bucket_id = ?
  AND (batch_id, key) IN (SELECT i.seq, i.key FROM operation_item AS i WHERE i.batch_id = ?)`;

/** Adds the binned objects at the items' targets as they were, as current versions under the bucket's lock for new ones. */
export async function insertRestored(
  tx: WriteTx,
  { batchId, bucketId, nowMs }: Pick<Binning, 'batchId' | 'bucketId' | 'nowMs'>,
  lock: LockColumns,
): Promise<void> {
  await tx.run(RESTORE, nowMs, lock.retention_mode, lock.retain_until_ms, bucketId, batchId);
}

const RETURN = `INSERT INTO object_version (bucket_id, key, seq, version_id, is_current, is_marker, ${CONTENT}, came_ms)
  SELECT b.bucket_id, b.key, b.seq, 'null', 0, b.is_marker, b.owner_id, b.modified_ms, b.size, b.etag,
    b.storage_class, b.content_type, b.system_metadata, b.user_metadata, b.tags, b.acl, b.checksum, b.envelope,
    b.part_count, b.body_id, b.came_ms
  FROM operation_item AS i CROSS JOIN binned_object AS b WHERE ${OF_ITEM} AND i.batch_id = ?`;

/** Adds the binned objects where they were among the versions of their keys; which one is current is the caller's. */
export async function insertReturned(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<void> {
  await tx.run(RETURN, bucketId, batchId);
}

/** Writes the bodies of the binned objects into the items, to be released. */
export async function noteBinnedBodies(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<void> {
  await tx.run(NOTE_BODIES, bucketId, batchId, batchId);
}

/** Removes the items' rows from the bin. */
export async function deleteBinned(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<void> {
  await tx.run(REMOVE, bucketId, batchId);
}

// --- counters and listings -------------------------------------------------------------------------------------------

const CHANGE = `UPDATE bucket_usage SET binned_bytes = binned_bytes + ?, binned_objects = binned_objects + ?
  WHERE bucket_id = ?`;

/** Writes the bin's counters, where anything changed. `bucket_usage.bytes`, which counts the bin too, is `changeUsage`'s. */
export async function changeBinned(tx: WriteTx, bucketId: BucketId, delta: BatchSum): Promise<void> {
  if (delta.objects === 0 && delta.bytes === 0) return;
  await tx.run(CHANGE, BigInt(delta.bytes), BigInt(delta.objects), bucketId);
}

/** What the bin of a bucket holds. */
export async function findBinUsage(tx: ReadTx, bucketId: BucketId): Promise<BatchSum> {
  const row = await tx.get<BatchSum>(
    'SELECT binned_objects AS objects, binned_bytes AS bytes FROM bucket_usage WHERE bucket_id = ?',
    bucketId,
  );
  return row ?? { objects: 0, bytes: 0 };
}

/** What a list of the bin shows. */
export interface BinnedObject {
  readonly bucket_id: BucketId;
  readonly batch_id: BatchId;
  readonly key: ObjectKey;
  readonly binned_ms: EpochMs;
  readonly binned_by: UserId;
  readonly size: number;
  readonly etag: ETag;
}

const SHOWN = 'bucket_id, batch_id, key, binned_ms, binned_by, size, etag';
const BEHIND = `FROM binned_object
  WHERE bucket_id = ${BIGINT} AND batch_id <= ${BIGINT} AND (batch_id < ${BIGINT} OR key > ${TEXT})`;
const LIST = `SELECT ${SHOWN} ${BEHIND} AND is_marker = 0 ORDER BY batch_id DESC, key LIMIT ${BIGINT}`;
const LIST_ROWS = `SELECT ${SHOWN} ${BEHIND} ORDER BY batch_id DESC, key LIMIT ${BIGINT}`;

/** Where a page of the bin begins: behind this one. */
export interface BinPlace {
  readonly batchId: number;
  readonly key: string;
}

/** Before everything in a bin. */
export const BIN_START: BinPlace = { batchId: Number.MAX_SAFE_INTEGER, key: '' };

/** The bin of a bucket, what was put there last first. */
export function listBinned(tx: ReadTx, bucketId: BucketId, after: BinPlace, limit: number): Promise<BinnedObject[]> {
  return tx.all<BinnedObject>(LIST, bucketId, after.batchId, after.batchId, after.key, limit);
}

/** As `listBinned` from the start, with the markers that an undo may need. */
export function listBinnedRows(tx: ReadTx, bucketId: BucketId, limit: number): Promise<BinnedObject[]> {
  const { batchId, key } = BIN_START;
  return tx.all<BinnedObject>(LIST_ROWS, bucketId, batchId, batchId, key, limit);
}

const FIND = `SELECT ${SHOWN} FROM binned_object
  WHERE bucket_id = ${BIGINT} AND batch_id = ${BIGINT} AND key = ${TEXT} AND is_marker = 0`;

/** One object of a bin. */
export function findBinned(
  tx: ReadTx,
  bucketId: BucketId,
  batchId: number,
  key: string,
): Promise<BinnedObject | undefined> {
  return tx.get<BinnedObject>(FIND, bucketId, batchId, key);
}

const OF_BATCH = `SELECT ${SHOWN} FROM binned_object
  WHERE bucket_id = ${BIGINT} AND batch_id = ${BIGINT} AND key > ${TEXT} ORDER BY key LIMIT ${BIGINT}`;

/** What one batch put into the bin, by key. */
export function listBinnedBy(
  tx: ReadTx,
  bucketId: BucketId,
  batchId: BatchId,
  after: string,
  limit: number,
): Promise<BinnedObject[]> {
  return tx.all<BinnedObject>(OF_BATCH, bucketId, batchId, after, limit);
}

const ANY_OF_BATCH = `SELECT key FROM binned_object WHERE bucket_id = ${BIGINT} AND batch_id = ${BIGINT} LIMIT 1`;

/** The key of something that the batch put into the bin, and that is still there. */
export async function findBinnedOfBatch(tx: ReadTx, bucketId: BucketId, batchId: BatchId): Promise<string | undefined> {
  return (await tx.get<{ key: string }>(ANY_OF_BATCH, bucketId, batchId))?.key;
}

const DUE = `SELECT ${SHOWN} FROM binned_object WHERE binned_ms < ${BIGINT} ORDER BY binned_ms LIMIT ${BIGINT}`;

/** What has been in any bin since before `beforeMs`, the oldest first. */
export function listDueBinned(tx: ReadTx, beforeMs: EpochMs, limit: number): Promise<BinnedObject[]> {
  return tx.all<BinnedObject>(DUE, beforeMs, limit);
}
