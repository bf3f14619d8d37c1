import type { DurabilityMode } from '../../config/schema.ts';
import type { LogState } from '../../db/sqlite/log-state.ts';
import type { SqliteDatabase } from '../../db/sqlite/open-database.ts';
import type { WriteSession } from '../../db/sqlite/write-session.ts';
import type { DiskId } from '../../domain/ids.ts';
import type { EngineDisk, EngineLimits, EngineOptions } from '../engine-options.ts';
import type { FileIo } from '../log/file-io.ts';
import type { BatchRunner } from './batch-runner.ts';
import type { EngineCounters } from './engine-metrics.ts';
import type { LogHead } from './log-head.ts';

/** What the modules of the commit thread share: one writing connection, one log, one set of counters. */
export interface EngineParts {
  readonly options: EngineOptions;
  readonly limits: EngineLimits;
  readonly io: FileIo;
  readonly db: SqliteDatabase;
  readonly session: WriteSession;
  readonly updateLogState: (state: Omit<LogState, 'logId'>) => void;
  readonly runner: BatchRunner;
  readonly head: LogHead;
  readonly counters: EngineCounters;
  /** Catalogue ids of the disks, by UUID. */
  readonly diskIds: Map<string, DiskId>;
  /** Where new segments go: the configured log disk, unless it failed while this process lives. */
  readonly logDisk: { current: EngineDisk };
  /** How batches from now on are answered; the one of the options until somebody asks for another. */
  readonly durability: { current: DurabilityMode };
  readonly dataDir: { readonly path: string; readonly device: number };
  /** Step at which the catalogue stands. */
  readonly schema: { version: number };
  nowMs(): number;
}

/** Catalogue id of a disk that the engine was opened with. */
export function diskIdOf(parts: EngineParts, disk: EngineDisk): DiskId {
  const id = parts.diskIds.get(disk.uuid);
  if (id === undefined) throw new Error(`disk ${disk.name} has no row`);
  return id;
}

/** Disks on which a segment may go on when `failed` does not take it: the others first, itself only if there is no other. */
export function refuges(options: EngineOptions, failed: EngineDisk): readonly EngineDisk[] {
  const others = [options.logDisk, ...options.otherDisks].filter((disk) => disk.uuid !== failed.uuid);
  return others.length > 0 ? others : [failed];
}
