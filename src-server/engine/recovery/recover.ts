import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { schemaVersion } from '../../db/migrations/run-migrations.ts';
import { isDamage } from '../../db/sqlite/is-damage.ts';
import { knownLogSegments, type LogState, readLogState } from '../../db/sqlite/log-state.ts';
import { openDatabase, type SqliteDatabase } from '../../db/sqlite/open-database.ts';
import { findCheckpoints } from '../checkpoint/checkpoint-files.ts';
import { breakSeal, findBrokenSeal } from '../core/catalogue-seal.ts';
import { type EngineMarks, readMark, writeMark } from '../core/marks.ts';
import { CATALOGUE_FILE, InstallMismatch } from '../engine-options.ts';
import { describeTwins, findSegments, findTwins, type SegmentsOnDisks } from '../log/log-chain.ts';
import { type BroughtForward, bringForward, rebuildDoubtful } from './bring-forward.ts';
import { createInstall } from './create-install.ts';
import { disksOf, type RecoverContext } from './recover-context.ts';

/** The catalogue brought to the log's end. */
export interface Recovered extends BroughtForward {
  readonly logId: Buffer;
  readonly epoch: number;
  readonly schemaVersion: number;
  readonly segments: SegmentsOnDisks;
  /** The last process did not close the catalogue. */
  readonly unclean: boolean;
}

/**
 * Opens the catalogue and applies what the log has beyond it (LOG.md 14-18). Creates an install where there is none and
 * that is allowed.
 *
 * @throws InstallMismatch, NewerCatalogue (exit 2); EngineStopped when a record could not be replayed for the first time (exit 4)
 */
export function recover(context: RecoverContext): Recovered {
  const { options } = context;
  const path = join(options.dataDir, CATALOGUE_FILE);
  const segments = findSegments(disksOf(options));
  rejectTwins(segments);
  const doubtful = readMark(options.dataDir, 'catalogue-doubtful') ?? brokenSeal(context);
  if (!existsSync(path) && doubtful === undefined) createOrComplain(context, segments);
  breakSeal(context.io, options.dataDir);
  try {
    return open(context, segments, doubtful);
  } catch (error) {
    if (!isDamage(error)) throw error;
    if (doubtful !== undefined) throw unusable(context, error);
    return open(context, segments, markDoubtful(context, `the catalogue is damaged: ${String(error)}`));
  }
}

/** The next start, too, must not trust the file: durable before anything is written to it. */
function brokenSeal(context: RecoverContext): EngineMarks['catalogue-doubtful'] | undefined {
  const reason = findBrokenSeal(context.options.dataDir);
  return reason === undefined ? undefined : markDoubtful(context, reason);
}

function markDoubtful({ io, options }: RecoverContext, reason: string): EngineMarks['catalogue-doubtful'] {
  const mark = { reason };
  writeMark(io, { path: options.dataDir, device: statSync(options.dataDir).dev }, 'catalogue-doubtful', mark);
  return mark;
}

function unusable({ options }: RecoverContext, cause: unknown): InstallMismatch {
  const path = join(options.dataDir, CATALOGUE_FILE);
  return new InstallMismatch(
    `${path} is damaged (${String(cause)}), and the log does not give another: run \`stowage rebuild-catalogue\``,
    { cause },
  );
}

function open(
  context: RecoverContext,
  segments: SegmentsOnDisks,
  doubtful: EngineMarks['catalogue-doubtful'] | undefined,
): Recovered {
  const path = join(context.options.dataDir, CATALOGUE_FILE);
  const rebuilt = doubtful === undefined ? undefined : rebuildDoubtful(context, segments, doubtful.reason);
  const unclean = (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
  let db = openDatabase(path);
  try {
    const state = checkedState(db, context);
    rejectForeignSegments(db, segments, state.logId);
    const forward = bringForward(context, segments, state, db, rebuilt?.refusal);
    db = forward.db;
    const { logId, epoch } = state;
    return { ...forward, segments, unclean, logId, epoch, schemaVersion: schemaVersion(db, context.migrations) };
  } catch (error) {
    db.close();
    throw error;
  }
}

function createOrComplain(context: RecoverContext, segments: SegmentsOnDisks): void {
  const { options } = context;
  const disks = disksOf(options);
  const holder = segments.segments[0]?.path ?? segments.damaged[0]?.path ?? findCheckpoints(disks)[0]?.path;
  if (holder !== undefined) {
    throw new InstallMismatch(
      `${options.dataDir} has no catalogue, but ${holder} belongs to an install: run \`stowage rebuild-catalogue\``,
    );
  }
  if (options.createInstall === undefined) throw new InstallMismatch(`${options.dataDir} has no catalogue`);
  createInstall(context.io, options.dataDir, options.createInstall.logId, context.migrations);
}

function checkedState(db: SqliteDatabase, context: RecoverContext): LogState {
  const version = schemaVersion(db, context.migrations);
  const state = version === 0 ? undefined : readLogState(db);
  if (state === undefined) throw new InstallMismatch(`${context.options.dataDir}/${CATALOGUE_FILE} is not a catalogue`);
  return state;
}

/** Taken by the order of the disks, the stale one of two would hide what was answered. Throws InstallMismatch. */
export function rejectTwins(segments: SegmentsOnDisks): void {
  const twins = findTwins(segments);
  if (twins !== undefined) throw new InstallMismatch(describeTwins(twins));
}

function rejectForeignSegments(db: SqliteDatabase, { segments }: SegmentsOnDisks, logId: Buffer): void {
  const foreign = segments.filter((segment) => !segment.header.logId.equals(logId));
  if (foreign.length === 0) return;
  // Segments of the log that was salvaged go on as containers of bodies.
  const known = knownLogSegments(db);
  const stranger = foreign.find((segment) => !known.has(`${segment.diskUuid}/${basename(segment.path)}`));
  if (stranger === undefined) return;
  throw new InstallMismatch(
    `${stranger.path} belongs to another install (log ${stranger.header.logId.toString('hex')}): run \`stowage rebuild-catalogue\` or remove the disk`,
  );
}
