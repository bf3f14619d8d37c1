import type { Tier } from './ids.ts';

const MIB = 1_048_576;
const GIB = 1_024 * MIB;
/** Disks below this size keep shares instead of fixed amounts (TIERS.md, Space). */
const SMALL_DISK_BYTES = 100 * GIB;
/** From here on a disk is chosen only when no other one will do. */
const SOFT_USED_SHARE = 0.85;

/** What placement knows of a disk that is present. Bytes. */
export interface DiskRoom {
  readonly tier: Tier;
  readonly totalBytes: number;
  readonly freeBytes: number;
  /** Promised to bodies that are under way. */
  readonly reservedBytes: number;
  /** It refused a call lately: the last choice. */
  readonly suspect: boolean;
}

/** What bodies may not use: 2 %, and at least 2 GiB of a large disk, 1 MiB of a small one. */
export function hardReserveBytes(totalBytes: number): number {
  return Math.max(0.02 * totalBytes, totalBytes < SMALL_DISK_BYTES ? MIB : 2 * GIB);
}

/** Bytes of bodies that a disk still takes; never negative. */
export function roomBytes(disk: Omit<DiskRoom, 'tier' | 'suspect'>): number {
  return Math.max(0, disk.freeBytes - disk.reservedBytes - hardReserveBytes(disk.totalBytes));
}

const ORDER: Readonly<Record<Tier, readonly Tier[]>> = {
  hot: ['hot', 'warm', 'cold'],
  warm: ['warm', 'cold', 'hot'],
  cold: ['cold', 'warm', 'hot'],
};

/** Tiers in which a body of this tier may stand, best first: its own, the lower ones, the nearest higher (DESIGN §1). */
export function tierOrder(tier: Tier): readonly Tier[] {
  return ORDER[tier];
}

/** The disks that have room for `bytes` more, best first: tier, then health and soft mark, then free space. */
export function orderDisks<D extends DiskRoom>(disks: readonly D[], tier: Tier, bytes: number): D[] {
  const order = tierOrder(tier);
  const rank = (disk: D): number =>
    order.indexOf(disk.tier) * 4 + (disk.suspect ? 2 : 0) + (isPastSoftMark(disk, bytes) ? 1 : 0);
  return disks
    .filter((disk) => roomBytes(disk) >= bytes)
    .sort((a, b) => rank(a) - rank(b) || roomBytes(b) - roomBytes(a));
}

function isPastSoftMark(disk: DiskRoom, bytes: number): boolean {
  return disk.freeBytes - disk.reservedBytes - bytes < (1 - SOFT_USED_SHARE) * disk.totalBytes;
}
