import type { LogState } from '../../db/sqlite/log-state.ts';
import { LOG_START, type RecordPosition } from '../log/format.ts';
import type { ChainLink, LogChain } from '../log/log-chain.ts';
import { LogWalker } from '../log/log-walker.ts';
import { type FoundRecord, positionOf } from '../log/record-decoder.ts';
import { FIRST_BATCH_OFFSET, SegmentReader } from '../log/segment-reader.ts';

/** What a start does with a catalogue and the log it finds (LOG.md 15-17, 22). */
export type LogAssessment =
  /** Nothing was ever logged since this catalogue was made, and there is no segment. */
  | { readonly kind: 'unwritten' }
  /** The catalogue stands at this record of the log: apply what follows. */
  | { readonly kind: 'replay'; readonly from: RecordPosition }
  /** The catalogue cannot be brought forward, the log is whole: set it aside and build it from a checkpoint. */
  | { readonly kind: 'rebuild'; readonly why: string }
  /** The log is missing or damaged: serve reads, wait for an operator, never guess. */
  | { readonly kind: 'refuse'; readonly reason: string };

/**
 * Finds the catalogue's last record in the log.
 *
 * @throws LogDamaged where the log itself does not hold together; the disk's errors as they come
 */
export function assessLog(state: LogState, chain: LogChain): LogAssessment {
  if (chain.links.length === 0) return withoutSegments(state, chain);
  if (state.appliedSequence === chain.start.sequence) return atStart(state, chain);
  if (state.appliedSequence < chain.start.sequence) {
    return { kind: 'rebuild', why: 'the catalogue is older than the oldest record of the log' };
  }
  const here = chain.links.find((link) => link.segment === state.segment);
  const direct = here === undefined ? undefined : recordAt(here, state.position);
  if (here === undefined || direct === undefined || !matches(direct, state)) return bySequence(state, chain);
  if (!unsyncedAreWhole(here, state)) return missingEnd(state, chain);
  return { kind: 'replay', from: positionOf(direct) };
}

/**
 * Balanced and relaxed: a power cut may keep the catalogue's last record and tear one before it that was not synced either.
 * Then the catalogue names bytes that are gone. A segment is left only when it is synced, so one segment is enough to read.
 */
function unsyncedAreWhole(link: ChainLink, state: LogState): boolean {
  if (state.syncedSequence >= state.appliedSequence) return true;
  const reader = SegmentReader.open(link.path);
  try {
    let offset = FIRST_BATCH_OFFSET;
    while (offset < state.position) {
      const read = reader.readRecord(offset);
      if (read === undefined) return false;
      const { sequence } = read.record;
      if (sequence > state.syncedSequence && reader.readBatch(offset) === undefined) return false;
      offset = read.nextOffset;
    }
    return true;
  } finally {
    reader.close();
  }
}

function withoutSegments(state: LogState, chain: LogChain): LogAssessment {
  // A new install, or one that salvage made: its log begins after whatever number it starts with.
  if (state.segment === 0) return { kind: 'unwritten' };
  // Every record was voided or moved, and the header that says so is the newest: `start` is what counts.
  if (isAt(state, chain.start)) return { kind: 'replay', from: chain.start };
  return { kind: 'refuse', reason: 'the log is absent: no segment of it is on any disk' };
}

function atStart(state: LogState, chain: LogChain): LogAssessment {
  if (isAt(state, chain.start)) return { kind: 'replay', from: chain.start };
  return differs(state);
}

function isAt(state: LogState, position: RecordPosition): boolean {
  if (position.sequence === LOG_START.sequence) return state.appliedSequence === 0;
  return state.appliedSequence === position.sequence && state.appliedCrc === position.crc;
}

function differs(state: LogState): LogAssessment {
  return { kind: 'refuse', reason: `record ${state.appliedSequence} of the log is not the one the catalogue applied` };
}

/** The record stands elsewhere (it was written again after a failed sync, LOG.md 11), or nowhere. */
function bySequence(state: LogState, chain: LogChain): LogAssessment {
  const wanted = state.appliedSequence;
  const link = chain.links.find(
    (candidate) =>
      candidate.header.previous.sequence < wanted && wanted <= (candidate.end?.sequence ?? Number.POSITIVE_INFINITY),
  );
  if (link === undefined) return missingEnd(state, chain);
  for (const record of recordsOf(link)) {
    if (record.sequence < wanted) continue;
    if (!matches(record, state)) return differs(state);
    // Its record alone may be whole while its bodies are torn: then it does not exist (LOG.md 1).
    if (recordAt(link, record.offset) === undefined) break;
    return { kind: 'replay', from: positionOf(record) };
  }
  return missingEnd(state, chain);
}

/** The log ends before the catalogue: a power cut may do that in balanced and relaxed mode, past the synced mark only. */
function missingEnd(state: LogState, chain: LogChain): LogAssessment {
  const end = endOf(chain);
  if (end.sequence < state.syncedSequence) {
    return {
      kind: 'refuse',
      reason: `the log ends at record ${end.sequence}, but record ${state.syncedSequence} was synced: a part of it is missing`,
    };
  }
  return { kind: 'rebuild', why: `a power cut took records ${end.sequence + 1} to ${state.appliedSequence}` };
}

/** The last valid record. Reads the newest segment whole. */
export function endOf(chain: LogChain): RecordPosition {
  const last = chain.links.at(-1);
  if (last === undefined) return chain.start;
  if (last.end !== undefined) return last.end;
  const walker = new LogWalker({ ...chain, links: [last] }, last.header.previous);
  try {
    while (walker.next() !== undefined) {
      // On to the end.
    }
    return walker.end;
  } finally {
    walker.close();
  }
}

function matches(record: FoundRecord, state: LogState): boolean {
  if (record.sequence !== state.appliedSequence) return false;
  return record.batchCrc === state.appliedCrc || (record.replacesCrc !== 0 && record.replacesCrc === state.appliedCrc);
}

function recordAt(link: ChainLink, offset: number): FoundRecord | undefined {
  if (link.end !== undefined && offset > link.end.offset) return undefined;
  const reader = SegmentReader.open(link.path);
  try {
    return reader.readBatch(offset)?.record;
  } finally {
    reader.close();
  }
}

/** Records of a segment up to its end, bodies skipped. */
export function* recordsOf(link: ChainLink): Generator<FoundRecord> {
  const reader = SegmentReader.open(link.path);
  try {
    let offset = FIRST_BATCH_OFFSET;
    while (link.end === undefined || offset <= link.end.offset) {
      const read = reader.readRecord(offset);
      if (read === undefined) return;
      yield read.record;
      offset = read.nextOffset;
    }
  } finally {
    reader.close();
  }
}
