import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandTraits } from '../../commands/command-traits.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { closeQuietly, createDurably, type FileIo, type SpaceFacts } from '../log/file-io.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const LARGE_DISK_BYTES = 100 * GIB;
const LOW_WATER_BYTES = 512 * MIB;
const BALLAST_BYTES_MAX = 64 * MIB;
const SMALL_SHARE = 0.005;
const FRESH_MS = 50;

/** Space that deletes and catalogue writes keep for themselves: 512 MiB, on disks under 100 GiB 0.5 %, at least 1 MiB. */
export function lowWaterBytes(totalBytes: number): number {
  if (totalBytes >= LARGE_DISK_BYTES) return LOW_WATER_BYTES;
  return Math.max(MIB, Math.floor(totalBytes * SMALL_SHARE));
}

/** Size of the file that is freed last: at most 64 MiB and 0.5 % of the disk, at least 1 MiB. */
export function ballastBytes(totalBytes: number): number {
  return Math.max(MIB, Math.min(BALLAST_BYTES_MAX, Math.floor(totalBytes * SMALL_SHARE)));
}

export interface GuardedFolder {
  /** Folder that exists, on the file system to be watched; the ballast stands in it. */
  readonly path: string;
  readonly device: number;
  /** What the engine itself will want there before it can give anything back: ordinary writes leave it alone. */
  readonly reserveBytes?: () => number;
}

/** What a command wants space for; see `CommandTraits`. */
export type SpaceUse = CommandTraits['space'];

/** What deletes leave to the collection of garbage: a few of its commits. */
const LEFT_TO_COLLECT_BYTES = 256 * 1024;

export interface BallastFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly device: number;
}

interface Watched {
  readonly path: string;
  readonly device: number;
  readonly reserves: (() => number)[];
  readonly ballastPath: string;
  space: SpaceFacts;
  /** What its reserves came to when it was looked at last. */
  reservedBytes: number;
}

const BALLAST_FILE = 'ballast';

/**
 * Knows how much room the log's disk and the data folder have, and keeps on each a written (not sparse) file that is given
 * back last, so that deletes still work on a full disk (LOG.md 25).
 */
export class SpaceGuard {
  readonly #io: FileIo;
  readonly #watched: Watched[];
  readonly #nowMs: () => number;
  #lookedMs = Number.NEGATIVE_INFINITY;

  constructor(io: FileIo, folders: readonly GuardedFolder[], nowMs: () => number) {
    this.#io = io;
    this.#nowMs = nowMs;
    this.#watched = [];
    for (const { path, device, reserveBytes } of folders) {
      let watched = this.#watched.find((one) => one.device === device);
      if (watched === undefined) {
        const space = { freeBytes: 0, totalBytes: 0 };
        watched = { path, device, reserves: [], ballastPath: join(path, BALLAST_FILE), space, reservedBytes: 0 };
        this.#watched.push(watched);
      }
      if (reserveBytes !== undefined) watched.reserves.push(reserveBytes);
    }
  }

  /** Would `neededBytes` more leave less than the low water anywhere? Throws the system's error. */
  isLow(neededBytes: number): boolean {
    return !this.allows('write', neededBytes);
  }

  /**
   * May `neededBytes` more be written for this use, on every file system that is watched, or on the one of this device?
   * Throws the system's error.
   */
  allows(use: SpaceUse, neededBytes: number, device?: number): boolean {
    this.#look(neededBytes);
    return this.#watched.every(
      (one) =>
        (device !== undefined && one.device !== device) || one.space.freeBytes - neededBytes >= leftBehind(one, use),
    );
  }

  /** Ballast files that are missing and for which there is room. Never throws: a disk without ballast still works. */
  missingBallast(): BallastFile[] {
    const missing: BallastFile[] = [];
    for (const { path, device, ballastPath } of this.#watched) {
      if (existsSync(ballastPath)) continue;
      try {
        const space = this.#io.space(path);
        const sizeBytes = ballastBytes(space.totalBytes);
        const needed = sizeBytes + 2 * lowWaterBytes(space.totalBytes);
        if (space.freeBytes >= needed) missing.push({ path: ballastPath, sizeBytes, device });
      } catch {
        // The disk does not answer; whoever writes to it next says so.
      }
    }
    return missing;
  }

  /** Frees every ballast file; true if there was one. */
  dropBallast(): boolean {
    let dropped = false;
    for (const one of this.#watched) {
      try {
        this.#io.unlink(one.ballastPath);
        dropped = true;
      } catch {
        // There was none, or the disk does not let go of it: then there is nothing more to give.
      }
    }
    this.#lookedMs = Number.NEGATIVE_INFINITY;
    return dropped;
  }

  #look(neededBytes: number): void {
    const nowMs = this.#nowMs();
    const isTight = this.#watched.some(
      (one) => one.space.freeBytes < neededBytes + 3 * leftBehind(one, 'write') + 256 * MIB,
    );
    if (!isTight && nowMs - this.#lookedMs < FRESH_MS) return;
    this.#lookedMs = nowMs;
    for (const one of this.#watched) {
      one.space = this.#io.space(one.path);
      one.reservedBytes = one.reserves.reduce((sum, reserve) => sum + reserve(), 0);
    }
  }
}

/** What must still be free behind this use. */
function leftBehind({ space, reservedBytes }: Watched, use: SpaceUse): number {
  const lowWater = lowWaterBytes(space.totalBytes);
  switch (use) {
    case 'write':
      return lowWater + reservedBytes;
    case 'copy':
      return lowWater / 2;
    case 'free':
      return LEFT_TO_COLLECT_BYTES;
    case 'collect':
      return 0;
    default:
      return assertNever(use);
  }
}

/** Writes a ballast file, all of it, durably. Throws the system's error. */
export function writeBallast(io: FileIo, { path, sizeBytes, device }: BallastFile): void {
  const block = Buffer.alloc(MIB, 0xb5);
  const pieces = [];
  for (let offset = 0; offset < sizeBytes; offset += MIB) {
    pieces.push({ bytes: block.subarray(0, Math.min(MIB, sizeBytes - offset)), offset });
  }
  closeQuietly(io, createDurably(io, { path, pieces, device }));
}
