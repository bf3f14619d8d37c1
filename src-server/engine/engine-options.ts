import type { DurabilityMode } from '../config/schema.ts';
import type { Migration } from '../db/migrations/migration.ts';
import type { Tier } from '../domain/ids.ts';

/** A disk as the engine needs it: already identified by whoever owns its identity file. */
export interface EngineDisk {
  /** Of its identity file, 8-4-4-4-12 hex. */
  readonly uuid: string;
  readonly name: string;
  readonly tier: Tier;
  readonly path: string;
  /** `stat().dev` of `path` when the identity was read (LOG.md 18). */
  readonly device: number;
}

/** Limits that tests lower. Sizes in bytes, times in milliseconds. */
export interface EngineLimits {
  readonly segmentBytes: number;
  readonly batchCommands: number;
  readonly batchFrameBytes: number;
  readonly recordBytes: number;
  /** Balanced and relaxed: batches kept in memory until the log is synced past them (LOG.md 11). */
  readonly unsyncedBytes: number;
  readonly syncEveryMs: number | undefined;
  /** SQLite's WAL is checkpointed (PASSIVE) past this; at most 0.5 % of the data folder's file system, at least 1 MiB. */
  readonly walBytes: number;
  /** A catalogue checkpoint gives up past this (LOG.md 21). */
  readonly walAbortBytes: number;
  /** Journal-record bytes after which a catalogue checkpoint is due, unless half the catalogue is more. */
  readonly checkpointBytes: number;
  readonly checkpointEveryMs: number;
  readonly checkpointPauseMs: number;
  /** How often the engine looks whether a checkpoint is due. */
  readonly housekeepingMs: number;
  /** Commands and frame bytes that may wait; more answer SlowDown. */
  readonly queueCommands: number;
  readonly queueFrameBytes: number;
}

const MIB = 1024 * 1024;
const MINUTE_MS = 60_000;

export const DEFAULT_LIMITS: EngineLimits = {
  segmentBytes: 256 * MIB,
  batchCommands: 256,
  batchFrameBytes: 4 * MIB,
  recordBytes: 16 * MIB,
  unsyncedBytes: 64 * MIB,
  syncEveryMs: undefined,
  walBytes: 128 * MIB,
  walAbortBytes: 1024 * MIB,
  checkpointBytes: 256 * MIB,
  checkpointEveryMs: 24 * 60 * MINUTE_MS,
  checkpointPauseMs: 10 * MINUTE_MS,
  housekeepingMs: 30_000,
  queueCommands: 16_384,
  queueFrameBytes: 256 * MIB,
};

export interface EngineOptions {
  /** Holds `catalogue.db`. Exists. */
  readonly dataDir: string;
  /** The log is written here, and a checkpoint kept. */
  readonly logDisk: EngineDisk;
  /** Every other disk that is present: read for segments of the log, second home of checkpoints, refuge of the log. */
  readonly otherDisks: readonly EngineDisk[];
  readonly durability: DurabilityMode;
  /** May an install be made when neither catalogue nor log exist? Sixteen random bytes then name its log. */
  readonly createInstall: { readonly logId: Uint8Array } | undefined;
  readonly limits?: Partial<EngineLimits>;
  /** Schema steps; this release's own unless a test gives others. */
  readonly migrations?: readonly Migration[];
}

/** File names inside `dataDir`. */
export const CATALOGUE_FILE = 'catalogue.db';

/** The data folder and its disks contradict each other: the configuration is wrong (exit 2). The message is for the operator. */
export class InstallMismatch extends Error {
  override readonly name: string = 'InstallMismatch';
}

/** The engine stopped rather than risk a promise (exit 4); the next start replays. */
export class EngineStopped extends Error {
  override readonly name: string = 'EngineStopped';
}
