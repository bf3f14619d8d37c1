import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { NewerCatalogue } from '../../db/migrations/run-migrations.ts';
import { isDamage } from '../../db/sqlite/is-damage.ts';
import { knownLogSegments, type LogState } from '../../db/sqlite/log-state.ts';
import { openDatabase, type SqliteDatabase } from '../../db/sqlite/open-database.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { errnoOf } from '../../platform/fs-durable.ts';
import { findCheckpoints } from '../checkpoint/checkpoint-files.ts';
import { clearMark, type EngineMarks, readMark, writeMark } from '../core/marks.ts';
import type { UnsyncedBatch } from '../core/unsynced-batches.ts';
import { CATALOGUE_FILE, EngineStopped } from '../engine-options.ts';
import { closeQuietly, type FileIo } from '../log/file-io.ts';
import { LogDamaged, type RecordPosition } from '../log/format.ts';
import type { DamagedSegment, LogChain, SegmentsOnDisks } from '../log/log-chain.ts';
import { LogWalker } from '../log/log-walker.ts';
import { assessLog, endOf } from './assess-log.ts';
import { NothingToRebuildFrom, type RebuildRequest, replaceCatalogue } from './rebuild.ts';
import { disksOf, type RecoverContext } from './recover-context.ts';
import { ReplayFailed, replay } from './replay.ts';
import { batchesAfter, countingChain } from './suspect-log.ts';

/** How far the log brought the catalogue, and what is still to be done before anything is answered. */
export interface BroughtForward {
  readonly db: SqliteDatabase;
  readonly last: RecordPosition;
  /** Length of the segment that holds `last`, up to where a next batch would have started. */
  readonly lastSegmentLength: number;
  readonly replayedRecords: number;
  /** Why only reads may be served; undefined in ordinary service. */
  readonly refusal: string | undefined;
  /** The log must leave its newest segment first (LOG.md 9, 11). */
  readonly suspect:
    | { readonly mark: EngineMarks['log-suspect']; readonly answered: readonly UnsyncedBatch[] }
    | undefined;
}

/**
 * Applies to the catalogue what the log has beyond it, or says why that may not be done (LOG.md 15-17, 22). Where a rebuild is
 * the rule, sets the catalogue aside and answers the connection to the new one.
 *
 * @throws EngineStopped the first time that a record cannot be replayed (LOG.md 10)
 */
export function bringForward(
  context: RecoverContext,
  segments: SegmentsOnDisks,
  state: LogState,
  db: SqliteDatabase,
  refusal: string | undefined,
): BroughtForward {
  const standing: BroughtForward = {
    db,
    last: positionOfState(state),
    lastSegmentLength: 0,
    replayedRecords: 0,
    refusal,
    suspect: undefined,
  };
  const damaged = segments.damaged.find((one) => one.segment >= state.segment && !isOfLostLog(one, state, db));
  if (refusal !== undefined) return standing;
  if (damaged !== undefined) return { ...standing, refusal: damaged.reason };
  try {
    return followLog(context, segments, state, standing);
  } catch (error) {
    if (error instanceof LogDamaged) return { ...standing, refusal: `the log is damaged: ${error.message}` };
    const code = errnoOf(error);
    if (code === undefined || code.startsWith('SQLITE')) throw error;
    return { ...standing, refusal: `the log cannot be read: ${String(error)}` };
  }
}

/** A log that was begun anew has no segment yet: what the catalogue knows as containers is of the one before. */
function isOfLostLog({ diskUuid, path }: DamagedSegment, state: LogState, db: SqliteDatabase): boolean {
  return state.segment === 0 && knownLogSegments(db).has(`${diskUuid}/${basename(path)}`);
}

function followLog(
  context: RecoverContext,
  segments: SegmentsOnDisks,
  state: LogState,
  standing: BroughtForward,
): BroughtForward {
  const { chain, pending } = countingChain(context.options.dataDir, segments, state.logId);
  syncNewest(context.io, chain);
  const assessment = assessLog(state, chain);
  switch (assessment.kind) {
    case 'unwritten':
      return standing;
    case 'replay': {
      const forward = replayFrom(context, chain, assessment.from, standing);
      if (pending === undefined) return forward;
      const answered = pending.disposition === 'rewrite' ? batchesAfter(chain, pending) : [];
      return { ...forward, suspect: { mark: pending, answered } };
    }
    case 'rebuild':
      return rebuildAndReplay(context, chain, state, standing, assessment.why);
    case 'refuse':
      return { ...standing, refusal: assessment.reason };
    default:
      return assertNever(assessment);
  }
}

function replayFrom(
  context: RecoverContext,
  chain: LogChain,
  from: RecordPosition,
  standing: BroughtForward,
): BroughtForward {
  const walker = new LogWalker(chain, from);
  try {
    const replayedRecords = replay(standing.db, walker, context.migrations);
    clearMark(context.io, context.options.dataDir, 'replay-failed');
    return { ...standing, last: walker.end, lastSegmentLength: walker.endOffset, replayedRecords };
  } catch (error) {
    if (!(error instanceof ReplayFailed)) throw error;
    // Not the record's fault.
    if (isDamage(error.cause)) throw error.cause;
    rejectNewerRelease(error);
    return { ...standing, refusal: secondFailure(context, error) };
  } finally {
    walker.close();
  }
}

/** The second time at one record: reads go on, and the reason is told. The first time the process stops. */
function secondFailure(context: RecoverContext, error: ReplayFailed): string {
  const { options, io } = context;
  const { sequence, crc } = error.position;
  const before = readMark(options.dataDir, 'replay-failed');
  if (before !== undefined && before.sequence === sequence && before.crc === crc) return error.message;
  writeMark(io, dataFolder(context), 'replay-failed', { sequence, crc, reason: error.message });
  throw new EngineStopped(error.message, { cause: error });
}

/** Rule 17's one case and rule 22's: the catalogue is set aside and kept, a new one is built from checkpoint and log. */
function rebuildAndReplay(
  context: RecoverContext,
  chain: LogChain,
  state: LogState,
  standing: BroughtForward,
  why: string,
): BroughtForward {
  const path = join(context.options.dataDir, CATALOGUE_FILE);
  writeMark(context.io, dataFolder(context), 'catalogue-doubtful', { reason: why });
  standing.db.close();
  try {
    const report = replaceCatalogue(rebuildRequest(context, chain, state.logId), context.nowMs);
    clearMark(context.io, context.options.dataDir, 'catalogue-doubtful');
    const db = openDatabase(path);
    return { ...endOfRebuilt(chain, standing), db, replayedRecords: report.replayedRecords };
  } catch (error) {
    const reason = whyNotRebuilt(error, path);
    clearMark(context.io, context.options.dataDir, 'catalogue-doubtful');
    return { ...standing, db: openDatabase(path), refusal: `${why}, and it cannot be rebuilt: ${reason}` };
  }
}

/**
 * Why reads are served from the catalogue that stands, although it was to be rebuilt. Throws what a start must not survive:
 * an error of ours, a newer release's log, and anything that came after the old file was set aside.
 */
function whyNotRebuilt(error: unknown, path: string): string {
  if (!(error instanceof Error) || !existsSync(path)) throw error;
  if (error instanceof ReplayFailed) rejectNewerRelease(error);
  const isKnown = error instanceof NothingToRebuildFrom || error instanceof LogDamaged || error instanceof ReplayFailed;
  const code = errnoOf(error);
  if (!isKnown && (code === undefined || code.startsWith('SQLITE'))) throw error;
  return error.message;
}

/** A step of the schema that only a newer release knows is no failure of the replay: nothing is served under this one. */
function rejectNewerRelease({ cause }: ReplayFailed): void {
  if (cause instanceof NewerCatalogue) throw cause;
}

function endOfRebuilt(chain: LogChain, standing: BroughtForward): BroughtForward {
  const last = chain.links.at(-1);
  if (last === undefined) return { ...standing, last: chain.start };
  const walker = new LogWalker({ ...chain, links: [last] }, last.header.previous);
  try {
    while (walker.next() !== undefined) {
      // On to the end; every record was applied already.
    }
    return { ...standing, last: walker.end, lastSegmentLength: walker.endOffset };
  } finally {
    walker.close();
  }
}

/** SQLite failed to checkpoint its WAL: what it would read now may be rot (LOG.md 23). Answers why a rebuild failed, if it did. */
export function rebuildDoubtful(
  context: RecoverContext,
  segments: SegmentsOnDisks,
  reason: string,
): { readonly refusal: string | undefined } {
  const logId = segments.segments.at(-1)?.header.logId;
  try {
    if (logId === undefined) throw new NothingToRebuildFrom('no segment of the log is there');
    const { chain } = countingChain(context.options.dataDir, segments, logId);
    syncNewest(context.io, chain);
    requireWholeEnd(context, chain, logId);
    replaceCatalogue(rebuildRequest(context, chain, logId), context.nowMs);
    clearMark(context.io, context.options.dataDir, 'catalogue-doubtful');
    return { refusal: undefined };
  } catch (error) {
    const why = whyNotRebuilt(error, join(context.options.dataDir, CATALOGUE_FILE));
    return { refusal: `the catalogue is doubtful (${reason}) and could not be rebuilt: ${why}` };
  }
}

/**
 * The log was synced past every checkpoint. Where it ends before one of them a part of it is missing, and without an operator
 * nothing is built from the rest (LOG.md 17).
 */
function requireWholeEnd(context: RecoverContext, chain: LogChain, logId: Buffer): void {
  const { sequence } = endOf(chain);
  const ahead = findCheckpoints(disksOf(context.options)).find(
    ({ manifest }) => manifest.logId === logId.toString('hex') && manifest.appliedSequence > sequence,
  );
  if (ahead === undefined) return;
  const { appliedSequence } = ahead.manifest;
  throw new NothingToRebuildFrom(
    `the log ends at record ${sequence}, but ${ahead.path} knows record ${appliedSequence}: a part of it is missing`,
  );
}

function rebuildRequest(context: RecoverContext, chain: LogChain, logId: Buffer): RebuildRequest {
  const { io, migrations, options } = context;
  return { io, migrations, chain, logId, dataDir: options.dataDir, disks: disksOf(options) };
}

function dataFolder(context: RecoverContext) {
  const path = context.options.dataDir;
  return { path, device: statSync(path).dev };
}

function positionOfState(state: LogState): RecordPosition {
  return {
    segment: state.segment,
    offset: state.position,
    sequence: state.appliedSequence,
    crc: state.appliedCrc,
  };
}

/** Rule 15: what the page cache shows of the newest segment must be on the disk before anything is done by it. */
function syncNewest(io: FileIo, chain: LogChain): void {
  const last = chain.links.at(-1);
  if (last === undefined) return;
  const fd = io.open(last.path, 'r+');
  try {
    io.fdatasync(fd);
  } finally {
    closeQuietly(io, fd);
  }
  io.syncFolder(dirname(last.path));
}
