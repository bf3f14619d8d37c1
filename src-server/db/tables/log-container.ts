import type { ContainerId, ExtentId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/*
 * Segments of the log as containers: the engine alone adds, seals and forgets them, by recorded statements of its own.
 */

const SEAL_OTHERS = `UPDATE container SET state = 'sealed' WHERE kind = 'log' AND state = 'open' AND id <> ?`;
const SET_LENGTH = `UPDATE container SET length = ? WHERE kind = 'log' AND name = ?`;

/** Only the segment that takes batches is open. `closed` is the one before it, with its final length in bytes. */
export async function sealLogContainers(
  tx: WriteTx,
  open: ContainerId,
  closed: { readonly name: string; readonly length: number } | undefined,
): Promise<void> {
  await tx.run(SEAL_OTHERS, open);
  if (closed !== undefined) await tx.run(SET_LENGTH, closed.length, closed.name);
}

const FIND_MOVABLE = `SELECT id, container_offset, header_length + stored_length AS footprint
  FROM extent WHERE container_id = ? AND container_offset >= ?`;
const MOVE_EXTENT = `UPDATE extent SET container_id = ?, container_offset = ? WHERE id = ?`;
const ADD_LIVE = `UPDATE container SET live_bytes = live_bytes + ? WHERE id = ?`;

export interface MovableExtent {
  readonly id: ExtentId;
  readonly container_offset: number;
  readonly footprint: number;
}

/** Extents of a container that stand at or behind `offset`. */
export async function findExtentsFrom(tx: ReadTx, container: ContainerId, offset: number): Promise<MovableExtent[]> {
  return tx.all<MovableExtent>(FIND_MOVABLE, container, offset);
}

/** Says that an extent's bytes stand elsewhere; the caller moves the sum of their footprints by `moveLiveBytes`. */
export async function moveExtent(tx: WriteTx, id: ExtentId, to: ContainerId, offset: number): Promise<void> {
  await tx.run(MOVE_EXTENT, to, offset, id);
}

export async function moveLiveBytes(tx: WriteTx, from: ContainerId, to: ContainerId, bytes: number): Promise<void> {
  await tx.run(ADD_LIVE, -BigInt(bytes), from);
  await tx.run(ADD_LIVE, BigInt(bytes), to);
}

const FIND_EMPTY = `SELECT c.id, c.name FROM container AS c
  WHERE c.kind = 'log' AND c.state <> 'open' AND c.live_bytes = 0
    AND NOT EXISTS (SELECT 1 FROM extent AS e WHERE e.container_id = c.id)
  ORDER BY c.id`;
const FIND_NAMES = `SELECT name FROM container WHERE kind = 'log'`;
const DELETE_REPLICAS = `DELETE FROM replica WHERE container_id = ?`;
const DELETE_CONTAINER = `DELETE FROM container WHERE id = ?`;

export interface EmptyLogContainer {
  readonly id: ContainerId;
  readonly name: string;
}

/** Closed segments of the log in which no extent stands any more (LOG.md 22). */
export async function findEmptyLogContainers(tx: ReadTx): Promise<EmptyLogContainer[]> {
  return tx.all<EmptyLogContainer>(FIND_EMPTY);
}

export async function findLogContainerNames(tx: ReadTx): Promise<ReadonlySet<string>> {
  const rows = await tx.all<{ name: string }>(FIND_NAMES);
  return new Set(rows.map((row) => row.name));
}

export async function deleteLogContainer(tx: WriteTx, id: ContainerId): Promise<void> {
  await tx.run(DELETE_REPLICAS, id);
  await tx.run(DELETE_CONTAINER, id);
}

const SUM_LENGTH = `SELECT coalesce(sum(length), 0) AS bytes FROM container WHERE kind = 'log'`;

/** Bytes of the log's segments as the catalogue knows them; the open one counts up to its last body. */
export async function sumLogBytes(tx: ReadTx): Promise<number> {
  const row = await tx.get<{ bytes: number }>(SUM_LENGTH);
  return row?.bytes ?? 0;
}
