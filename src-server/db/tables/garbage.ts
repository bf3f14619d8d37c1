import type { BodyId, ContainerId, EpochMs, ExtentId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { BIGINT } from './parameters.ts';

const COLLECT = `INSERT INTO garbage (extent_id, since_ms)
  SELECT id, ? FROM extent WHERE refs = 0 AND id IN (SELECT extent_id FROM body_extent WHERE body_id = ?)`;

/** Puts those extents of a body that nobody names any more into the collector's list; before the body's rows go. */
export async function collectBodyGarbage(tx: WriteTx, bodyId: BodyId, sinceMs: EpochMs): Promise<void> {
  await tx.run(COLLECT, sinceMs, bodyId);
}

const NEXT = `SELECT extent_id, since_ms FROM garbage WHERE extent_id > ? ORDER BY extent_id LIMIT ?`;

export interface GarbageRow {
  readonly extent_id: ExtentId;
  readonly since_ms: EpochMs;
}

/** Up to `limit` extents of the list behind `after`, by id. */
export async function listGarbage(tx: ReadTx, after: number, limit: number): Promise<GarbageRow[]> {
  return tx.all<GarbageRow>(NEXT, after, limit);
}

const FIND_DUE = `SELECT e.id, e.refs, e.container_id, e.header_length + e.stored_length AS footprint
  FROM garbage AS g JOIN extent AS e ON e.id = g.extent_id
  WHERE g.extent_id = ${BIGINT} AND g.since_ms <= ${BIGINT}`;

export interface DueExtent {
  readonly id: ExtentId;
  readonly refs: number;
  readonly container_id: ContainerId;
  readonly footprint: number;
}

/** An extent of the list that has been there since `beforeMs` or earlier. */
export async function findDueGarbage(tx: ReadTx, id: ExtentId, beforeMs: EpochMs): Promise<DueExtent | undefined> {
  return tx.get<DueExtent>(FIND_DUE, id, beforeMs);
}

/** Takes an extent off the list. */
export async function deleteGarbage(tx: WriteTx, id: ExtentId): Promise<void> {
  await tx.run(`DELETE FROM garbage WHERE extent_id = ?`, id);
}
