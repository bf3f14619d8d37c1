import type { BatchId, BodyId, BucketId, ObjectKey, SequenceId, VersionId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/*
 * The keys of one batch of an operation. Statements on the objects themselves are driven by these rows (batch-versions.ts,
 * batch-bin.ts, batch-bodies.ts), so that a batch of any size is a dozen statements.
 */

/** `seq`: of the version that is taken, or the batch of the binned object. `body_id`: that a copy gets. */
export interface BatchItem {
  readonly key: ObjectKey;
  readonly seq: SequenceId;
  readonly target_key: ObjectKey;
  /** Of the version at the target, `null` where its bucket keeps none. */
  readonly version_id: VersionId;
  /** Of the delete marker at the source. */
  readonly marker_id: VersionId;
  readonly body_id: BodyId | null;
}

const COLUMNS = 'batch_id, key, seq, target_key, version_id, marker_id, body_id';
const ROW = '(?, ?, ?, ?, ?, ?, ?)';
const ROWS_AT_ONCE = 16;
const INSERT_ONE = `INSERT INTO operation_item (${COLUMNS}) VALUES ${ROW}`;
const INSERT_MANY = `INSERT INTO operation_item (${COLUMNS}) VALUES ${Array(ROWS_AT_ONCE).fill(ROW).join(', ')}`;

/** Names the keys of a batch. */
export async function insertItems(tx: WriteTx, batchId: BatchId, items: readonly BatchItem[]): Promise<void> {
  for (let first = 0; first < items.length; first += ROWS_AT_ONCE) {
    const some = items.slice(first, first + ROWS_AT_ONCE);
    const rows = some.map((i) => [batchId, i.key, i.seq, i.target_key, i.version_id, i.marker_id, i.body_id] as const);
    if (rows.length === ROWS_AT_ONCE) await tx.run(INSERT_MANY, ...rows.flat());
    else for (const row of rows) await tx.run(INSERT_ONE, ...row);
  }
}

const LIST = `SELECT key, seq, target_key, version_id, marker_id, body_id FROM operation_item
  WHERE batch_id = ? ORDER BY key, seq`;

/** The keys of a batch that came to pass. */
export function listItems(tx: ReadTx, batchId: BatchId): Promise<BatchItem[]> {
  return tx.all<BatchItem>(LIST, batchId);
}

/** Are keys of this batch known? */
export async function hasItems(tx: ReadTx, batchId: BatchId): Promise<boolean> {
  return (await tx.get('SELECT key FROM operation_item WHERE batch_id = ? LIMIT 1', batchId)) !== undefined;
}

/** Forgets the keys of a batch. */
export async function deleteItems(tx: WriteTx, batchId: BatchId): Promise<void> {
  await tx.run('DELETE FROM operation_item WHERE batch_id = ?', batchId);
}

const DROP_STALE = `DELETE FROM operation_item WHERE batch_id = ? AND NOT EXISTS (
    SELECT 1 FROM object_version AS v WHERE v.bucket_id = ? AND v.key = operation_item.key
      AND v.seq = operation_item.seq AND v.is_current = 1 AND v.is_marker = 0)
  RETURNING key`;
const DROP_GONE = `DELETE FROM operation_item WHERE batch_id = ? AND NOT EXISTS (
    SELECT 1 FROM object_version AS v WHERE v.bucket_id = ? AND v.key = operation_item.key AND v.seq = operation_item.seq)
  RETURNING key`;
const DROP_UNBINNED = `DELETE FROM operation_item WHERE batch_id = ? AND NOT EXISTS (
    SELECT 1 FROM binned_object AS b WHERE b.bucket_id = ? AND b.batch_id = operation_item.seq AND b.key = operation_item.key)
  RETURNING key`;
const DROP_OCCUPIED = `DELETE FROM operation_item WHERE batch_id = ? AND EXISTS (
    SELECT 1 FROM object_version AS v WHERE v.bucket_id = ? AND v.key = operation_item.target_key
      AND v.is_current = 1 AND v.is_marker = 0)
  RETURNING key`;

const DROP_NULL_STANDS = `DELETE FROM operation_item WHERE batch_id = ? AND EXISTS (
    SELECT 1 FROM object_version AS v WHERE v.bucket_id = ? AND v.key = operation_item.key AND v.version_id = 'null')
  RETURNING key`;

async function drop(tx: WriteTx, sql: string, batchId: BatchId, bucketId: BucketId): Promise<string[]> {
  return (await tx.all<{ key: string }>(sql, batchId, bucketId)).map(({ key }) => key);
}

const DROP_ITEM = 'DELETE FROM operation_item WHERE batch_id = ? AND key = ? AND seq = ?';

/** Takes one key out. */
export async function dropItem(
  tx: WriteTx,
  batchId: BatchId,
  item: { readonly key: ObjectKey; readonly seq: number },
): Promise<void> {
  await tx.run(DROP_ITEM, batchId, item.key, item.seq);
}

/** Takes keys out whose object is not the one that was seen; answers them. */
export function dropStale(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<string[]> {
  return drop(tx, DROP_STALE, batchId, bucketId);
}

/** Takes keys out whose version, current or not, is no more; answers them. */
export function dropGone(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<string[]> {
  return drop(tx, DROP_GONE, batchId, bucketId);
}

/** Takes keys out that are not in the bin any more; answers them. */
export function dropUnbinned(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<string[]> {
  return drop(tx, DROP_UNBINNED, batchId, bucketId);
}

/** Takes keys out whose target has an object; answers them. */
export function dropOccupied(tx: WriteTx, batchId: BatchId, targetBucketId: BucketId): Promise<string[]> {
  return drop(tx, DROP_OCCUPIED, batchId, targetBucketId);
}

/** Takes keys out that have a `null` version or marker again; answers them. */
export function dropWhereNullStands(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<string[]> {
  return drop(tx, DROP_NULL_STANDS, batchId, bucketId);
}
