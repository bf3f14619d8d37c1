import type { EpochMs } from '../domain/ids.ts';
import type { CommitEngine } from '../engine/commit-engine.ts';
import type { Logger } from '../observability/logger.ts';
import type { FileSystem } from '../platform/fs-port.ts';
import type { Catalogue } from '../services/context.ts';
import type { Placer } from '../storage/placer.ts';
import type { ReaderPins } from '../storage/reader-pins.ts';

/** What jobs that look after stored bytes have in common. */
export interface BytesJobDeps {
  readonly catalogue: Pick<Catalogue, 'read'>;
  readonly engine: CommitEngine;
  readonly disks: Pick<Placer, 'disk' | 'report'>;
  readonly pins: ReaderPins;
  readonly fs: FileSystem;
  readonly log: Logger;
  now(): EpochMs;
  /** Everything committed so far is on the log's disk, in every durability mode (LOG.md 11). */
  untilLogSynced(): Promise<void>;
}
