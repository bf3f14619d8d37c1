import type { Migration } from '../../db/migrations/migration.ts';
import type { EngineDisk, EngineOptions } from '../engine-options.ts';
import type { FileIo } from '../log/file-io.ts';

/** What every step of a start needs. */
export interface RecoverContext {
  readonly options: EngineOptions;
  readonly io: FileIo;
  readonly migrations: readonly Migration[];
  readonly nowMs: number;
}

/** Every disk that is present, the log's first. */
export function disksOf(options: Pick<EngineOptions, 'logDisk' | 'otherDisks'>): readonly EngineDisk[] {
  return [options.logDisk, ...options.otherDisks];
}
