import type { ContainerId, DiskId, EpochMs } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

export type ContainerKind = 'log' | 'segment' | 'chunk';

const FIND_BY_NAME = `SELECT id FROM container WHERE name = ?`;

/** The id of the container with this file name, where it is known already. */
export async function findContainerId(tx: ReadTx, name: string): Promise<ContainerId | undefined> {
  const row = await tx.get<{ id: ContainerId }>(FIND_BY_NAME, name);
  return row?.id;
}

export interface NewContainer {
  readonly id: ContainerId;
  readonly name: string;
  readonly kind: ContainerKind;
  readonly state: 'open' | 'sealed';
  readonly diskId: DiskId;
  readonly createdMs: EpochMs;
}

const INSERT = `INSERT INTO container (id, name, kind, state, generation, length, live_bytes, created_ms)
  VALUES (?, ?, ?, ?, 1, 0, 0, ?)`;
const INSERT_REPLICA = `INSERT INTO replica (container_id, disk_id, state, generation) VALUES (?, ?, 'ok', 1)`;

/** Adds an empty container with one copy; `growContainer` counts what stands in it. */
export async function insertContainer(tx: WriteTx, container: NewContainer): Promise<void> {
  await tx.run(INSERT, container.id, container.name, container.kind, container.state, container.createdMs);
  await tx.run(INSERT_REPLICA, container.id, container.diskId);
}

const GROW = `UPDATE container
  SET live_bytes = live_bytes + ?, length = CASE WHEN length < ? THEN ? ELSE length END
  WHERE id = ?`;

/**
 * Counts one more extent of `footprintBytes` (header and stored frames) that ends at `endOffset`.
 * `live_bytes` falls by the same footprint when the extent's row goes.
 */
export async function growContainer(
  tx: WriteTx,
  id: ContainerId,
  footprintBytes: number,
  endOffset: number,
): Promise<void> {
  const end = BigInt(endOffset);
  await tx.run(GROW, BigInt(footprintBytes), end, end, id);
}
