import type { BatchId, BucketId, BucketName, EpochMs, OperationId, UserId } from '../../domain/ids.ts';
import type { OperationKind, OperationState } from '../../domain/operation.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { BIGINT } from './parameters.ts';

/** An operation with its progress. `summary`, `position`, `errors` are JSON of `domain/operation.ts`. */
export interface OperationRow {
  readonly id: OperationId;
  readonly user_id: UserId;
  readonly user_name: string;
  readonly kind: OperationKind;
  readonly state: OperationState;
  readonly bucket_id: BucketId;
  readonly bucket_name: BucketName;
  readonly summary: string;
  /** Null until it was counted. */
  readonly position: string | null;
  readonly total_objects: number | null;
  readonly total_bytes: number | null;
  readonly done_objects: number;
  readonly done_bytes: number;
  readonly skipped: number;
  readonly failed: number;
  readonly errors: string;
  readonly undo_of: OperationId | null;
  readonly created_ms: EpochMs;
  readonly started_ms: EpochMs | null;
  readonly finished_ms: EpochMs | null;
}

export type NewOperation = Pick<
  OperationRow,
  'id' | 'user_id' | 'user_name' | 'kind' | 'bucket_id' | 'bucket_name' | 'summary' | 'undo_of' | 'created_ms'
>;

/** Adds an operation that waits, with its whole request. */
export async function insertOperation(tx: WriteTx, row: NewOperation, request: string): Promise<void> {
  await tx.run(
    `INSERT INTO operation (id, user_id, user_name, kind, state, bucket_id, bucket_name, summary, position, total_objects,
       total_bytes, done_objects, done_bytes, skipped, failed, errors, undo_of, created_ms, started_ms, finished_ms)
     VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, NULL, NULL, NULL, 0, 0, 0, 0, '[]', ?, ?, NULL, NULL)`,
    row.id,
    row.user_id,
    row.user_name,
    row.kind,
    row.bucket_id,
    row.bucket_name,
    row.summary,
    row.undo_of,
    row.created_ms,
  );
  await tx.run('INSERT INTO operation_request (operation_id, request) VALUES (?, ?)', row.id, request);
}

const FIND = `SELECT * FROM operation WHERE id = ${BIGINT}`;

export function findOperation(tx: ReadTx, id: OperationId): Promise<OperationRow | undefined> {
  return tx.get<OperationRow>(FIND, id);
}

/** The request as it was written. */
export async function findRequest(tx: ReadTx, id: OperationId): Promise<string | undefined> {
  const sql = 'SELECT request FROM operation_request WHERE operation_id = ?';
  return (await tx.get<{ request: string }>(sql, id))?.request;
}

const OPEN = `SELECT * FROM operation WHERE state = 'queued' OR state = 'running' ORDER BY id LIMIT ?`;

/** Operations that are not at their end, the oldest first. */
export function listOpenOperations(tx: ReadTx, limit: number): Promise<OperationRow[]> {
  return tx.all<OperationRow>(OPEN, BigInt(limit));
}

const LIST_ALL = `SELECT * FROM operation WHERE id < ${BIGINT} ORDER BY id DESC LIMIT ${BIGINT}`;
const LIST_OF_USER = `SELECT * FROM operation WHERE user_id = ${BIGINT} AND id < ${BIGINT}
  ORDER BY id DESC LIMIT ${BIGINT}`;

/** The newest first, before (not with) an id. `userId` undefined: everybody's. */
export function listOperations(
  tx: ReadTx,
  userId: UserId | undefined,
  before: number,
  limit: number,
): Promise<OperationRow[]> {
  return userId === undefined
    ? tx.all<OperationRow>(LIST_ALL, before, limit)
    : tx.all<OperationRow>(LIST_OF_USER, userId, before, limit);
}

const BEGIN = `UPDATE operation SET state = 'running', position = ?, total_objects = ?, total_bytes = ?,
    started_ms = coalesce(started_ms, ?)
  WHERE id = ? AND (state = 'queued' OR state = 'running')`;

/** It was counted and runs from now on; false where it was cancelled. */
export async function beginOperation(
  tx: WriteTx,
  id: OperationId,
  plan: { readonly position: string; readonly objects: number; readonly bytes: number; readonly nowMs: EpochMs },
): Promise<boolean> {
  return (await tx.run(BEGIN, plan.position, BigInt(plan.objects), BigInt(plan.bytes), plan.nowMs, id)) > 0;
}

const ADVANCE = `UPDATE operation SET position = ?, done_objects = done_objects + ?, done_bytes = done_bytes + ?,
    skipped = skipped + ?, failed = failed + ?, errors = ?
  WHERE id = ? AND state = 'running'`;

export interface Advance {
  readonly position: string;
  readonly objects: number;
  readonly bytes: number;
  readonly skipped: number;
  readonly failed: number;
  readonly errors: string;
}

/** Adds to the progress; false where it does not run any more. */
export async function advanceOperation(tx: WriteTx, id: OperationId, by: Advance): Promise<boolean> {
  const { position, objects, bytes, skipped, failed, errors } = by;
  const changed = await tx.run(
    ADVANCE,
    position,
    BigInt(objects),
    BigInt(bytes),
    BigInt(skipped),
    BigInt(failed),
    errors,
    id,
  );
  return changed > 0;
}

const FINISH = `UPDATE operation SET state = ?, finished_ms = ?, errors = ?
  WHERE id = ? AND (state = 'queued' OR state = 'running')`;

/** Ends an operation that is open; false where it was not. */
export async function finishOperation(
  tx: WriteTx,
  id: OperationId,
  end: { readonly state: OperationState; readonly nowMs: EpochMs; readonly errors: string },
): Promise<boolean> {
  return (await tx.run(FINISH, end.state, end.nowMs, end.errors, id)) > 0;
}

/** An undo took back all of it. */
export async function setUndone(tx: WriteTx, id: OperationId): Promise<void> {
  await tx.run("UPDATE operation SET state = 'undone' WHERE id = ?", id);
}

/** Is an undo of this operation on its way, or done? */
export async function findOpenUndo(tx: ReadTx, id: OperationId): Promise<OperationId | undefined> {
  const sql = `SELECT id FROM operation WHERE undo_of = ? AND (state = 'queued' OR state = 'running') LIMIT 1`;
  return (await tx.get<{ id: OperationId }>(sql, id))?.id;
}

// --- batches -----------------------------------------------------------------------------------------------------------

export interface BatchRow {
  readonly id: BatchId;
  readonly operation_id: OperationId;
  readonly bucket_id: BucketId;
  readonly target_bucket_id: BucketId;
  readonly handed_over: 0 | 1;
}

export async function insertBatch(tx: WriteTx, row: BatchRow): Promise<void> {
  await tx.run(
    'INSERT INTO operation_batch (id, operation_id, bucket_id, target_bucket_id, handed_over) VALUES (?, ?, ?, ?, ?)',
    row.id,
    row.operation_id,
    row.bucket_id,
    row.target_bucket_id,
    row.handed_over,
  );
}

/** The batch that an undo begins with. */
export function findLastBatch(tx: ReadTx, operationId: OperationId): Promise<BatchRow | undefined> {
  const sql = 'SELECT * FROM operation_batch WHERE operation_id = ? ORDER BY id DESC LIMIT 1';
  return tx.get<BatchRow>(sql, operationId);
}

export function findBatch(tx: ReadTx, id: BatchId): Promise<BatchRow | undefined> {
  return tx.get<BatchRow>('SELECT * FROM operation_batch WHERE id = ?', id);
}

/** Removes the row; its items are `deleteItems`'. */
export async function deleteBatch(tx: WriteTx, id: BatchId): Promise<void> {
  await tx.run('DELETE FROM operation_batch WHERE id = ?', id);
}

// --- upkeep ------------------------------------------------------------------------------------------------------------

const OLD_BATCH = `SELECT b.id FROM operation_batch AS b JOIN operation AS o ON o.id = b.operation_id
  WHERE o.finished_ms < ? ORDER BY b.id LIMIT ?`;

/** Batches of operations that ended before `beforeMs`: too old to be undone. */
export async function listOldBatches(tx: ReadTx, beforeMs: EpochMs, limit: number): Promise<BatchId[]> {
  return (await tx.all<{ id: BatchId }>(OLD_BATCH, beforeMs, BigInt(limit))).map(({ id }) => id);
}

const OLD = `SELECT id FROM operation WHERE finished_ms < ?
  AND NOT EXISTS (SELECT 1 FROM operation_batch AS b WHERE b.operation_id = operation.id) ORDER BY id LIMIT ?`;

/** Operations without batches that ended before `beforeMs`. */
export async function listOldOperations(tx: ReadTx, beforeMs: EpochMs, limit: number): Promise<OperationId[]> {
  return (await tx.all<{ id: OperationId }>(OLD, beforeMs, BigInt(limit))).map(({ id }) => id);
}

/** Removes an operation whose batches are gone. */
export async function deleteOperation(tx: WriteTx, id: OperationId): Promise<void> {
  await tx.run('DELETE FROM operation_request WHERE operation_id = ?', id);
  await tx.run('DELETE FROM operation WHERE id = ?', id);
}
