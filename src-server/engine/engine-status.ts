import type { DurabilityMode } from '../config/schema.ts';
import type { EngineCounters } from './core/engine-metrics.ts';

/** What the engine says about itself: metrics, health, console. Plain data, sizes in bytes, times in epoch milliseconds. */
export interface EngineStatus {
  readonly durability: DurabilityMode;
  /** Why writes are refused; undefined in ordinary service. */
  readonly refusedReason: string | undefined;
  readonly counters: Readonly<EngineCounters>;
  readonly queuedCommands: number;
  readonly lastSequence: number;
  readonly syncedSequence: number;
  readonly schemaVersion: number;
  readonly logDiskUuid: string;
  readonly logBytes: number;
  readonly catalogueBytes: number;
  readonly walBytes: number;
  readonly newestCheckpoint:
    | { readonly appliedSequence: number; readonly createdMs: number; readonly sizeBytes: number }
    | undefined;
}

/** How the engine came up. */
export interface EngineStart {
  readonly replayedRecords: number;
  /** The last process did not close the catalogue: `quick_check` runs beside service. */
  readonly unclean: boolean;
  readonly refusedReason: string | undefined;
  /** Catalogue ids of the disks, by UUID. */
  readonly diskIds: ReadonlyMap<string, number>;
}
