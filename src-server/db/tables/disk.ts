import type { DiskId, EpochMs, Tier } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

export interface DiskRow {
  readonly id: DiskId;
  readonly uuid: string;
  readonly name: string;
  readonly tier: Tier;
  readonly state: string;
}

const FIND_ALL = `SELECT id, uuid, name, tier, state FROM disk ORDER BY id`;
const INSERT = `INSERT INTO disk (id, uuid, name, tier, state, created_ms) VALUES (?, ?, ?, ?, ?, ?)`;
const UPDATE_PLACE = `UPDATE disk SET name = ?, tier = ? WHERE id = ?`;

/** Every disk this install ever had, in the order it met them. */
export async function findDisks(tx: ReadTx): Promise<DiskRow[]> {
  return tx.all<DiskRow>(FIND_ALL);
}

export async function insertDisk(tx: WriteTx, disk: DiskRow, createdMs: EpochMs): Promise<void> {
  await tx.run(INSERT, disk.id, disk.uuid, disk.name, disk.tier, disk.state, createdMs);
}

/** Follows what the configuration calls a disk and where it ranks it. */
export async function updateDiskPlace(tx: WriteTx, id: DiskId, name: string, tier: Tier): Promise<void> {
  await tx.run(UPDATE_PLACE, name, tier, id);
}
