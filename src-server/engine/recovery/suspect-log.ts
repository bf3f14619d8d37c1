import type { SqlValue } from '../../db/tx.ts';
import { type EngineMarks, readMark } from '../core/marks.ts';
import type { UnsyncedBatch } from '../core/unsynced-batches.ts';
import type { JournalEntries } from '../log/batch-journal.ts';
import { BatchJournal } from '../log/batch-journal.ts';
import { LogDamaged, type RecordPosition } from '../log/format.ts';
import { type ChainLink, type LogChain, linkSegments, type SegmentsOnDisks } from '../log/log-chain.ts';
import { LogWalker } from '../log/log-walker.ts';
import { positionOf } from '../log/record-decoder.ts';
import { SegmentReader } from '../log/segment-reader.ts';
import { recordsOf } from './assess-log.ts';

type Suspect = EngineMarks['log-suspect'];

/** The records of a log that count, and the mark that is still to be heeded. */
export interface CountingChain {
  readonly chain: LogChain;
  readonly pending: Suspect | undefined;
}

/** Links the log's segments and leaves out what a stopped process could not void any more (LOG.md 9). */
export function countingChain(dataDir: string, found: SegmentsOnDisks, logId: Buffer): CountingChain {
  const chain = linkSegments(found.segments, logId);
  const mark = readMark(dataDir, 'log-suspect');
  // A later segment exists: the news was written after all.
  if (mark === undefined || chain.segments.at(-1)?.segment !== mark.segment) return { chain, pending: undefined };
  return { chain: mark.disposition === 'void' ? withoutVoided(chain, mark) : chain, pending: mark };
}

/** The chain as it is once the records after the mark's `afterSequence` are void: nobody was told that they happened. */
function withoutVoided(chain: LogChain, mark: Suspect): LogChain {
  const last = chain.links.at(-1);
  if (last === undefined || last.segment !== mark.segment) return chain;
  const others = chain.links.slice(0, -1);
  const { previous } = last.header;
  if (mark.afterSequence <= previous.sequence) {
    return { ...chain, links: others, start: others.length === 0 ? previous : chain.start };
  }
  return { ...chain, links: [...others, { ...last, end: positionIn(last, mark.afterSequence) }] };
}

/** The batches behind the mark, to be written again elsewhere: they were answered. */
export function batchesAfter(chain: LogChain, mark: Suspect): UnsyncedBatch[] {
  const last = chain.links.at(-1);
  if (last === undefined || last.segment !== mark.segment) return [];
  const { previous } = last.header;
  const from = mark.afterSequence <= previous.sequence ? previous : positionIn(last, mark.afterSequence);
  const walker = new LogWalker({ ...chain, links: [last] }, from);
  const reader = SegmentReader.open(last.path);
  const batches: UnsyncedBatch[] = [];
  try {
    for (let one = walker.next(); one !== undefined; one = walker.next()) {
      const { record } = one;
      const frames = reader.readFrames(record.offset);
      const entries = one.kind === 'migration' ? one.migration : journalOf(one.entries);
      const { createdMs } = record;
      batches.push({ position: positionOf(record), previous: record.previous, frames, entries, createdMs });
    }
    return batches;
  } finally {
    reader.close();
    walker.close();
  }
}

function journalOf(
  entries: readonly { sql: string; changes: number; parameters: readonly SqlValue[] }[],
): JournalEntries {
  const journal = new BatchJournal();
  for (const entry of entries) journal.record(entry.sql, entry.parameters, entry.changes, false);
  return journal;
}

function positionIn(link: ChainLink, sequence: number): RecordPosition {
  for (const record of recordsOf(link)) if (record.sequence === sequence) return positionOf(record);
  throw new LogDamaged(`${link.path}: record ${sequence} is not there`);
}
