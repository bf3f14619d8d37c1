import { closeSync, copyFileSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import type { Migration } from '../../db/migrations/migration.ts';
import { schemaVersion } from '../../db/migrations/run-migrations.ts';
import { copyCatalogue, quickCheck } from '../../db/sqlite/copy-catalogue.ts';
import { readLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { type BallastFile, writeBallast } from '../core/space-guard.ts';
import { nodeFileIo } from '../log/file-io.ts';
import { CHECKPOINT_FORMAT, type CheckpointManifest } from './checkpoint-files.ts';
import { fileCrc32c } from './file-crc.ts';

/** Long work on catalogue files, done in a thread of its own. Cloneable. */
export type CatalogueTask =
  /** A consistent, verified, synced copy of the live catalogue at `target`, which must not exist. */
  | {
      readonly kind: 'copy';
      readonly live: string;
      readonly target: string;
      readonly nowMs: number;
      readonly walAbortBytes: number;
      readonly migrations: readonly Migration[];
    }
  /** A synced byte copy of a checkpoint, its CRC compared. */
  | { readonly kind: 'duplicate'; readonly source: string; readonly target: string; readonly crc32c: number }
  /** Writes the file that is given back last when a disk is full (LOG.md 25). */
  | { readonly kind: 'ballast'; readonly file: BallastFile }
  /** SQLite's quick check of the live catalogue, read-only. */
  | { readonly kind: 'quick-check'; readonly path: string };

export type CatalogueTaskResult =
  | { readonly kind: 'copied'; readonly manifest: CheckpointManifest }
  | { readonly kind: 'duplicated' }
  | { readonly kind: 'ballast-written' }
  | { readonly kind: 'checked'; readonly verdict: string };

/**
 * @param mayGoOn asked now and then; the copy gives up when it says no
 * @throws CopyAborted, or what went wrong; a half-made target is removed
 */
export function runCatalogueTask(task: CatalogueTask, mayGoOn: () => boolean): CatalogueTaskResult {
  switch (task.kind) {
    case 'copy':
      return { kind: 'copied', manifest: removingOnError(task.target, () => makeCopy(task, mayGoOn)) };
    case 'duplicate':
      removingOnError(task.target, () => duplicate(task.source, task.target, task.crc32c));
      return { kind: 'duplicated' };
    case 'ballast':
      writeBallast(nodeFileIo(noBackground), task.file);
      return { kind: 'ballast-written' };
    case 'quick-check':
      return { kind: 'checked', verdict: quickCheck(task.path, 'wal') };
    default:
      return assertNever(task);
  }
}

/** Nothing here syncs behind its caller. */
function noBackground(): Promise<void> {
  return Promise.reject(new Error('no background sync in a task'));
}

function makeCopy(task: CatalogueTask & { kind: 'copy' }, mayGoOn: () => boolean): CheckpointManifest {
  const walIsShort = (): boolean => {
    const wal = statSync(`${task.live}-wal`, { throwIfNoEntry: false });
    return (wal?.size ?? 0) <= task.walAbortBytes;
  };
  copyCatalogue(task.live, task.target, () => mayGoOn() && walIsShort());
  syncFile(task.target);
  const verdict = quickCheck(task.target, 'keep');
  if (verdict !== 'ok') throw new Error(`the copy of the catalogue is damaged: ${verdict}`);
  return manifestOf(task.target, task.nowMs, task.migrations);
}

/** What is to be said of a copy of the catalogue: a file without a WAL. Throws where it is none. */
export function manifestOf(path: string, nowMs: number, migrations: readonly Migration[]): CheckpointManifest {
  const db = openDatabase(path, { readonly: true, journal: 'keep' });
  try {
    const state = readLogState(db);
    if (state === undefined) throw new Error('the copy of the catalogue has no log state');
    return {
      format: CHECKPOINT_FORMAT,
      logId: state.logId.toString('hex'),
      epoch: state.epoch,
      appliedSequence: state.appliedSequence,
      appliedCrc: state.appliedCrc,
      segment: state.segment,
      position: state.position,
      schemaVersion: schemaVersion(db, migrations),
      sizeBytes: statSync(path).size,
      crc32c: fileCrc32c(path),
      createdMs: nowMs,
    };
  } finally {
    db.close();
  }
}

function duplicate(source: string, target: string, crc32c: number): void {
  copyFileSync(source, target);
  syncFile(target);
  if (fileCrc32c(target) !== crc32c) throw new Error(`${target} differs from the checkpoint it was copied from`);
}

/** Syncs a file's content; not its name. */
export function syncFile(path: string): void {
  const fd = openSync(path, 'r+');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function removingOnError<T>(target: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}
