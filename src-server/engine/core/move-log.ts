import { findContainerId } from '../../db/tables/container.ts';
import { findExtentsFrom, moveExtent, moveLiveBytes } from '../../db/tables/log-container.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { type EngineDisk, EngineStopped } from '../engine-options.ts';
import { isDiskFull } from '../log/file-io.ts';
import { alignUp, BLOCK_BYTES, type RecordKind, type RecordPosition, segmentFileName } from '../log/format.ts';
import type { PlacedBatch } from '../log/log-writer.ts';
import { beginBatch, finishBatch } from '../log/record-encoder.ts';
import { FIRST_BATCH_OFFSET } from '../log/segment-reader.ts';
import { StatementDictionary } from '../log/statement-dictionary.ts';
import { diskIdOf, type EngineParts, refuges } from './engine-parts.ts';
import { type EngineMarks, writeMark } from './marks.ts';
import { segmentContainer } from './segment-container.ts';
import type { SpaceGuard } from './space-guard.ts';
import type { UnsyncedBatch } from './unsynced-batches.ts';

/** Why the log leaves its segment: from which record on it cannot be trusted to be on the disk. */
export interface LogTrouble {
  /** The segment that is left, its length as far as it counts (0 = not known), and the disk it stands on. */
  readonly segment: number;
  readonly length: number;
  readonly disk: EngineDisk;
  /** Batches that were answered but not synced; they are written again. Empty in strict mode. */
  readonly answered: readonly UnsyncedBatch[];
  /** Highest sequence that may stand in the segment, answered or not. */
  readonly highestSequence: number;
  readonly cause: unknown;
}

/**
 * A write or sync of the log failed: goes on in a new segment, on another disk where there is one, whose header voids what
 * the failed segment may still show (LOG.md 9); answered batches are written again there with one relocation record for
 * their bodies (LOG.md 11). No transaction is open. When it returns, everything answered is synced.
 *
 * @throws EngineStopped when no disk takes the segment; the data folder is marked for the next start
 */
export async function moveLog(parts: EngineParts, trouble: LogTrouble, space: SpaceGuard): Promise<void> {
  const failed = trouble.disk;
  for (const disk of refuges(parts.options, failed)) {
    const mark = suspectMark(parts, trouble, `a sync failed (${String(trouble.cause)})`);
    if (await tryMove(parts, trouble, disk, space)) {
      parts.logDisk.current = disk;
      if (disk.uuid !== failed.uuid && mark.disposition === 'void') markQuietly(parts, mark);
      return;
    }
  }
  const reason = `a sync failed (${String(trouble.cause)}) and no disk took the log's next segment`;
  writeMark(parts.io, parts.dataDir, 'log-suspect', suspectMark(parts, trouble, reason));
  throw new EngineStopped(`disk ${failed.name}: ${reason}`, { cause: trouble.cause });
}

function suspectMark(parts: EngineParts, trouble: LogTrouble, reason: string): EngineMarks['log-suspect'] {
  return {
    diskUuid: trouble.disk.uuid,
    segment: trouble.segment,
    afterSequence: previousOf(parts, trouble).sequence,
    disposition: trouble.answered.length > 0 ? 'rewrite' : 'void',
    reason,
  };
}

/**
 * The disk that took the news may be absent at the next start, and the voided record whole on the one that failed. A start
 * that finds the news does not heed the mark. Where the data folder does not take it the news alone must do.
 */
function markQuietly(parts: EngineParts, mark: EngineMarks['log-suspect']): void {
  try {
    writeMark(parts.io, parts.dataDir, 'log-suspect', mark);
  } catch {
    // The void is durable all the same.
  }
}

/**
 * The segment is full, and all in it is synced: goes on in the next, on the same disk or, if that does not take it, on
 * another. Throws the first disk's error when none does; then nothing has changed.
 */
export function switchSegment(parts: EngineParts): void {
  const { current } = parts.logDisk;
  const others = refuges(parts.options, current).filter((disk) => disk.uuid !== current.uuid);
  let failure: unknown;
  for (const disk of [current, ...others]) {
    try {
      parts.head.startSegment({ disks: [disk], schemaVersion: parts.schema.version });
      parts.logDisk.current = disk;
      return;
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
}

async function tryMove(parts: EngineParts, trouble: LogTrouble, disk: EngineDisk, space: SpaceGuard): Promise<boolean> {
  for (;;) {
    try {
      if (trouble.answered.length === 0) startEmpty(parts, trouble, disk);
      else await rewrite(parts, trouble, disk);
      return true;
    } catch (error) {
      if (error instanceof EngineStopped) throw error;
      parts.session.rollback();
      if (!isDiskFull(error) || !space.dropBallast()) return false;
    }
  }
}

function previousOf(parts: EngineParts, trouble: LogTrouble): RecordPosition {
  return trouble.answered[0]?.previous ?? parts.head.last;
}

function voidsOf(parts: EngineParts, trouble: LogTrouble) {
  const previous = previousOf(parts, trouble);
  if (trouble.highestSequence <= previous.sequence) return [];
  const range = { firstSequence: previous.sequence + 1, lastSequence: trouble.highestSequence };
  return [{ segment: trouble.segment, ...range }];
}

function startEmpty(parts: EngineParts, trouble: LogTrouble, disk: EngineDisk): void {
  const { head, schema } = parts;
  head.startSegment({ disks: [disk], schemaVersion: schema.version, voids: voidsOf(parts, trouble) });
  crashPoint('void-written');
}

interface Rewriting {
  readonly disk: EngineDisk;
  readonly segment: number;
  readonly dictionary: StatementDictionary;
  readonly placed: PlacedBatch[];
  offset: number;
  previous: RecordPosition;
}

/** The new segment comes into being with the answered batches and the relocation record in it, or not at all. */
async function rewrite(parts: EngineParts, trouble: LogTrouble, disk: EngineDisk): Promise<void> {
  const { head, runner } = parts;
  const state: Rewriting = {
    disk,
    segment: head.takeSegmentNumber(),
    dictionary: new StatementDictionary(),
    placed: [],
    offset: FIRST_BATCH_OFFSET,
    previous: previousOf(parts, trouble),
  };
  const shifts = trouble.answered.map((batch) => ({
    from: batch.position.offset,
    by: rewriteBatch(parts, state, batch) - batch.position.offset,
  }));
  const highest = Math.max(head.highestSequence, trouble.highestSequence);
  runner.begin(highest);
  const containerId = await recordRelocation(parts, trouble, state, shifts);
  const sequence = runner.sequence.sequence;
  append(parts, state, 'relocation', sequence, 0, parts.nowMs(), runner.journal);
  const schemaVersion = parts.schema.version;
  const contents = { voids: voidsOf(parts, trouble), batches: state.placed, dictionary: state.dictionary };
  const previous = previousOf(parts, trouble);
  head.startSegment({ disks: [disk], schemaVersion, previous, ...contents }, state.segment);
  crashPoint('relocation-written');
  head.last = state.previous;
  head.highestSequence = sequence;
  head.syncedSequence = sequence;
  commitRelocation(parts);
  head.containerId = containerId;
}

function commitRelocation(parts: EngineParts): void {
  const { last } = parts.head;
  try {
    parts.updateLogState({
      epoch: parts.head.epoch,
      appliedSequence: last.sequence,
      appliedCrc: last.crc,
      syncedSequence: last.sequence,
      segment: last.segment,
      position: last.offset,
    });
    parts.session.commit();
  } catch (error) {
    throw new EngineStopped('COMMIT failed after its record was durable', { cause: error });
  }
}

/** Answers the batch's new offset. */
function rewriteBatch(parts: EngineParts, state: Rewriting, batch: UnsyncedBatch): number {
  const { out } = parts.runner;
  out.truncate(0);
  beginBatch(out);
  out.bytes(batch.frames);
  const { sequence, crc } = batch.position;
  const kind = 'to' in batch.entries ? 'migration' : 'commands';
  return append(parts, state, kind, sequence, crc, batch.createdMs, batch.entries);
}

function append(
  parts: EngineParts,
  state: Rewriting,
  kind: RecordKind,
  sequence: number,
  replacesCrc: number,
  createdMs: number,
  entries: UnsyncedBatch['entries'],
): number {
  const { out } = parts.runner;
  const { segment, offset, previous, dictionary } = state;
  const { logId, epoch } = parts.head;
  const place = { logId, epoch, kind, segment, offset, sequence, previous, replacesCrc, createdMs };
  const crc = finishBatch(out, { ...place, syncedSequence: previous.sequence }, entries, dictionary);
  state.placed.push({ bytes: Buffer.from(out.view()), offset });
  state.offset = alignUp(offset + out.length, BLOCK_BYTES);
  state.previous = { segment, offset, sequence, crc };
  return offset;
}

/** Records that extents of the rewritten batches stand in the new segment. */
async function recordRelocation(
  parts: EngineParts,
  trouble: LogTrouble,
  state: Rewriting,
  shifts: readonly { readonly from: number; readonly by: number }[],
) {
  const { tx } = parts.runner;
  const oldName = segmentFileName(trouble.segment);
  const old = await findContainerId(tx, oldName);
  const closed = trouble.length > 0 ? { name: oldName, length: trouble.length } : undefined;
  const fresh = { name: segmentFileName(state.segment), closed, known: undefined };
  const target = await segmentContainer(tx, fresh, diskIdOf(parts, state.disk), parts.nowMs());
  const first = shifts[0];
  if (old === undefined || first === undefined) return target;
  let moved = 0;
  for (const extent of await findExtentsFrom(tx, old, first.from)) {
    const shift = shifts.findLast((candidate) => candidate.from <= extent.container_offset);
    if (shift === undefined) continue;
    await moveExtent(tx, extent.id, target, extent.container_offset + shift.by);
    moved += extent.footprint;
  }
  await moveLiveBytes(tx, old, target, moved);
  return target;
}
