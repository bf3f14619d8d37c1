import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Migration } from '../../db/migrations/migration.ts';
import { createCatalogue } from '../../db/migrations/run-migrations.ts';
import { insertLogState, readLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase } from '../../db/sqlite/open-database.ts';
import { checkpointWal } from '../../db/sqlite/wal.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { syncFile } from '../checkpoint/catalogue-tasks.ts';
import { type FoundCheckpoint, findCheckpoints } from '../checkpoint/checkpoint-files.ts';
import { fileCrc32c } from '../checkpoint/file-crc.ts';
import { breakSeal } from '../core/catalogue-seal.ts';
import { CATALOGUE_FILE } from '../engine-options.ts';
import type { FileIo } from '../log/file-io.ts';
import type { LogChain, LogDiskFolder } from '../log/log-chain.ts';
import { LogWalker } from '../log/log-walker.ts';
import { assessLog } from './assess-log.ts';
import { replay } from './replay.ts';

/** Neither a good checkpoint that the log goes on from, nor a log that reaches back to its beginning. */
export class NothingToRebuildFrom extends Error {
  override readonly name = 'NothingToRebuildFrom';
}

/** Where a rebuilt catalogue came from. */
export interface RebuildReport {
  readonly from: 'checkpoint' | 'empty';
  /** The checkpoint's last applied record; 0 for an empty start. */
  readonly fromSequence: number;
  readonly replayedRecords: number;
  readonly endSequence: number;
}

export interface RebuildRequest {
  readonly io: FileIo;
  readonly dataDir: string;
  readonly disks: readonly LogDiskFolder[];
  readonly chain: LogChain;
  readonly logId: Buffer;
  readonly migrations: readonly Migration[];
}

/**
 * Builds a catalogue at `target`, which must not exist: newest good checkpoint, else an empty catalogue, then the log. The
 * file is left without a WAL, synced.
 *
 * @param which `newest` to get on with; `oldest` to prove that the log still says what the catalogue says
 * @throws NothingToRebuildFrom; LogDamaged; ReplayFailed
 */
export function buildCatalogue(request: RebuildRequest, target: string, which: 'newest' | 'oldest'): RebuildReport {
  const start = startingFile(request, target, which);
  const db = openDatabase(target);
  try {
    const state = readLogState(db);
    if (state === undefined) throw new NothingToRebuildFrom(`${target} is no catalogue`);
    const assessment = assessLog(state, request.chain);
    if (assessment.kind === 'rebuild') throw new NothingToRebuildFrom(assessment.why);
    if (assessment.kind === 'refuse') throw new NothingToRebuildFrom(assessment.reason);
    if (assessment.kind === 'unwritten') return { ...start, replayedRecords: 0, endSequence: 0 };
    const walker = new LogWalker(request.chain, assessment.from);
    try {
      const replayedRecords = replay(db, walker, request.migrations);
      return { ...start, replayedRecords, endSequence: walker.end.sequence };
    } finally {
      walker.close();
    }
  } finally {
    checkpointWal(db, 'TRUNCATE');
    db.close();
    syncFile(target);
  }
}

/**
 * Sets the present catalogue aside, kept, and puts a rebuilt one in its place. The data folder's owner holds a mark meanwhile,
 * so that a crash between the renames is not taken for an empty folder.
 *
 * @returns the report, and the name under which the old file stands now, if there was one
 */
export function replaceCatalogue(
  request: RebuildRequest,
  nowMs: number,
): RebuildReport & { readonly asideName: string | undefined } {
  const live = join(request.dataDir, CATALOGUE_FILE);
  const fresh = `${live}.rebuilt`;
  removeDatabase(fresh);
  const report = buildCatalogue(request, fresh, 'newest');
  crashPoint('rebuilt');
  const asideName = existsSync(live) ? `${CATALOGUE_FILE}.aside-${nowMs}` : undefined;
  if (asideName !== undefined) {
    for (const suffix of ['-wal', '-shm', '']) {
      if (existsSync(live + suffix)) renameSync(live + suffix, join(request.dataDir, asideName + suffix));
    }
  }
  crashPoint('set-aside');
  removeDatabase(live);
  breakSeal(request.io, request.dataDir);
  renameSync(fresh, live);
  request.io.syncFolder(request.dataDir);
  crashPoint('replaced');
  return { ...report, asideName };
}

export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
}

function startingFile(
  request: RebuildRequest,
  target: string,
  which: 'newest' | 'oldest',
): Pick<RebuildReport, 'from' | 'fromSequence'> {
  const reachesBack = request.chain.start.sequence === 0 && request.chain.links.length > 0;
  if (which === 'oldest' && reachesBack) return emptyFile(request, target);
  const good = findCheckpoints(request.disks).filter((one) => one.manifest.logId === request.logId.toString('hex'));
  for (const checkpoint of which === 'newest' ? good : good.toReversed()) {
    if (!isUsable(request, checkpoint) || fileCrc32c(checkpoint.path) !== checkpoint.manifest.crc32c) continue;
    copyFileSync(checkpoint.path, target);
    return { from: 'checkpoint', fromSequence: checkpoint.manifest.appliedSequence };
  }
  if (reachesBack) return emptyFile(request, target);
  throw new NothingToRebuildFrom('no good checkpoint is there, and the oldest segments of the log are gone');
}

/** Does the log go on from this checkpoint? */
function isUsable(request: RebuildRequest, { manifest }: FoundCheckpoint): boolean {
  const state = { ...manifest, logId: request.logId, syncedSequence: manifest.appliedSequence };
  const { kind } = assessLog(state, request.chain);
  return kind === 'replay' || kind === 'unwritten';
}

function emptyFile(request: RebuildRequest, target: string): Pick<RebuildReport, 'from' | 'fromSequence'> {
  const first = request.chain.links[0]?.header;
  const steps = request.migrations.filter((step) => step.to <= (first?.schemaVersion ?? 0));
  const db = openDatabase(target);
  try {
    createCatalogue(db, steps);
    insertLogState(db, emptyLogState(request.logId, first?.epoch ?? 1));
  } finally {
    db.close();
  }
  return { from: 'empty', fromSequence: 0 };
}

export function emptyLogState(logId: Buffer, epoch: number) {
  return { logId, epoch, appliedSequence: 0, appliedCrc: 0, syncedSequence: 0, segment: 0, position: 0 };
}
