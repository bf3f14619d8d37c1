import type { ContainerId, DiskId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import type { ContainerKind } from './container.ts';

/*
 * What garbage collection, compaction and the check ask and change about containers. `container.ts` has what a write needs.
 */

/** A container and one disk that holds it. */
export interface ContainerPlace {
  readonly id: ContainerId;
  readonly name: string;
  readonly kind: ContainerKind;
  readonly disk_id: DiskId;
}

const SHRINK = `UPDATE container SET live_bytes = live_bytes - ? WHERE id = ?`;

/** Counts bytes of extents that left a container. */
export async function shrinkContainer(tx: WriteTx, id: ContainerId, footprintBytes: number): Promise<void> {
  await tx.run(SHRINK, BigInt(footprintBytes), id);
}

const DOOM_EMPTY = `UPDATE container SET state = 'doomed' WHERE id = ? AND kind = ? AND state = 'sealed'
  AND NOT EXISTS (SELECT 1 FROM extent WHERE container_id = container.id)`;

/** Dooms a sealed container of this kind in which nothing stands any more; true if it did. */
export async function doomIfEmpty(tx: WriteTx, id: ContainerId, kind: 'chunk' | 'segment'): Promise<boolean> {
  return (await tx.run(DOOM_EMPTY, id, kind)) > 0;
}

const PLACES_OF = `SELECT c.id, c.name, c.kind, r.disk_id FROM container AS c JOIN replica AS r ON r.container_id = c.id
  WHERE c.id = ?`;
const DOOMED = `SELECT c.id, c.name, c.kind, r.disk_id FROM container AS c JOIN replica AS r ON r.container_id = c.id
  WHERE c.state = 'doomed' ORDER BY c.id`;

/** Every disk that holds a container. */
export async function listPlaces(tx: ReadTx, id: ContainerId): Promise<ContainerPlace[]> {
  return tx.all<ContainerPlace>(PLACES_OF, id);
}

/** Containers whose files are to go. */
export async function listDoomed(tx: ReadTx): Promise<ContainerPlace[]> {
  return tx.all<ContainerPlace>(DOOMED);
}

const FORGET_REPLICAS = `DELETE FROM replica WHERE container_id = ?
  AND EXISTS (SELECT 1 FROM container AS c WHERE c.id = replica.container_id AND c.state = 'doomed')`;
const FORGET = `DELETE FROM container WHERE id = ? AND state = 'doomed'`;

/** Removes the rows of a doomed container, its files being gone. */
export async function forgetContainer(tx: WriteTx, id: ContainerId): Promise<void> {
  await tx.run(FORGET_REPLICAS, id);
  await tx.run(FORGET, id);
}

const SEAL_SEGMENT = `UPDATE container SET state = 'sealed' WHERE name = ? AND kind = 'segment' AND state = 'open'`;
const SEAL_ALL_SEGMENTS = `UPDATE container SET state = 'sealed' WHERE kind = 'segment' AND state = 'open'`;

/** A tier's segment takes no more. */
export async function sealSegment(tx: WriteTx, name: string): Promise<void> {
  await tx.run(SEAL_SEGMENT, name);
}

/** No segment takes any more: at start, when every appender begins a new one. */
export async function sealAllSegments(tx: WriteTx): Promise<number> {
  return tx.run(SEAL_ALL_SEGMENTS);
}

const SEALED_SPARSE = `SELECT c.id, c.name, c.kind, c.length, c.live_bytes, r.disk_id
  FROM container AS c JOIN replica AS r ON r.container_id = c.id AND r.state = 'ok'
  WHERE c.kind <> 'chunk' AND c.state = 'sealed' AND c.live_bytes * 5 < c.length * 3
  ORDER BY c.live_bytes LIMIT ?`;

export interface SparseContainer extends ContainerPlace {
  readonly length: number;
  readonly live_bytes: number;
}

/** Sealed segments, of the log too, in which more than 40 % is no live extent; the emptiest first. */
export async function listSparseSegments(tx: ReadTx, limit: number): Promise<SparseContainer[]> {
  return tx.all<SparseContainer>(SEALED_SPARSE, limit);
}

const COUNT_LIVE = `SELECT count(*) AS extents FROM extent WHERE container_id = ? AND refs > 0`;

/** How many extents that somebody names stand in a container. */
export async function countLiveExtents(tx: ReadTx, id: ContainerId): Promise<number> {
  const row = await tx.get<{ extents: number }>(COUNT_LIVE, id);
  return row?.extents ?? 0;
}

const NEXT_CONTAINERS = `SELECT id, name, kind, state, length, live_bytes FROM container
  WHERE id > ? ORDER BY id LIMIT ?`;

export interface ContainerRow {
  readonly id: ContainerId;
  readonly name: string;
  readonly kind: ContainerKind;
  readonly state: 'open' | 'sealed' | 'doomed';
  readonly length: number;
  readonly live_bytes: number;
}

/** Containers behind `after`, by id. */
export async function listContainers(tx: ReadTx, after: number, limit: number): Promise<ContainerRow[]> {
  return tx.all<ContainerRow>(NEXT_CONTAINERS, after, limit);
}

const HOLDS = `SELECT c.state FROM container AS c JOIN replica AS r ON r.container_id = c.id
  WHERE c.name = ? AND c.kind = ? AND r.disk_id = ?`;

/** The state of the container that should stand under this name on a disk; undefined where none should. */
export async function findStateOnDisk(
  tx: ReadTx,
  name: string,
  kind: ContainerKind,
  diskId: DiskId,
): Promise<ContainerRow['state'] | undefined> {
  const row = await tx.get<{ state: ContainerRow['state'] }>(HOLDS, name, kind, diskId);
  return row?.state;
}
