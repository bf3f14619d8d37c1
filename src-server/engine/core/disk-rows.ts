import { type DiskRow, findDisks, insertDisk, updateDiskPlace } from '../../db/tables/disk.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { DiskId, EpochMs } from '../../domain/ids.ts';
import { type EngineDisk, type EngineOptions, InstallMismatch } from '../engine-options.ts';

/**
 * Adds rows for disks that the install meets for the first time and follows names and tiers that the configuration
 * changed. Fills `ids` with every disk's id by UUID; true when it wrote something.
 */
export async function bringDiskRows(
  tx: WriteTx,
  options: EngineOptions,
  ids: Map<string, DiskId>,
  nowMs: number,
): Promise<boolean> {
  const rows = new Map((await findDisks(tx)).map((row) => [row.uuid, row]));
  for (const row of rows.values()) ids.set(row.uuid, row.id);
  const disks = [options.logDisk, ...options.otherDisks];
  const moved = disks.filter((disk) => isMoved(disk, rows.get(disk.uuid)));
  for (const disk of moved) {
    const row = rows.get(disk.uuid);
    // Out of the way first: two disks may have exchanged their names.
    if (row !== undefined) await updateDiskPlace(tx, row.id, disk.uuid, disk.tier);
  }
  for (const disk of moved) {
    const row = rows.get(disk.uuid);
    if (row !== undefined) await updateDiskPlace(tx, row.id, disk.name, disk.tier);
  }
  const added = disks.filter((disk) => !rows.has(disk.uuid));
  for (const disk of added) {
    // The sequence is shared by all kinds of rows; the brand says what this number names.
    const id = tx.nextId() as DiskId;
    const { uuid, name, tier } = disk;
    await insertDisk(tx, { id, uuid, name, tier, state: 'ok' }, nowMs as EpochMs);
    ids.set(uuid, id);
  }
  return moved.length + added.length > 0;
}

/** Throws InstallMismatch when a configured name belongs to a disk that is not configured: another disk took its place. */
export function checkDiskNames(options: EngineOptions, rows: readonly DiskRow[]): void {
  const disks = [options.logDisk, ...options.otherDisks];
  const present = new Set(disks.map((disk) => disk.uuid));
  for (const disk of disks) {
    const holder = rows.find((row) => row.name === disk.name && row.uuid !== disk.uuid);
    if (holder !== undefined && !present.has(holder.uuid)) {
      throw new InstallMismatch(
        `disk ${disk.name} at ${disk.path} is not the disk of that name in this install (${holder.uuid}); give a new disk a new name`,
      );
    }
  }
}

/** Do rows have to be added or changed for the configured disks? */
export function needsDiskRows(options: EngineOptions, rows: readonly DiskRow[]): boolean {
  return [options.logDisk, ...options.otherDisks].some((disk) => {
    const row = rows.find((one) => one.uuid === disk.uuid);
    return row === undefined || isMoved(disk, row);
  });
}

function isMoved(disk: EngineDisk, row: DiskRow | undefined): boolean {
  return row !== undefined && (row.name !== disk.name || row.tier !== disk.tier);
}
