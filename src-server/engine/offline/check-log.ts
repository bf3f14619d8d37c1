import { LogDamaged, type RecordPosition } from '../log/format.ts';
import { describeTwins, type FoundSegment, findSegments, findTwins } from '../log/log-chain.ts';
import { positionOf } from '../log/record-decoder.ts';
import { FIRST_BATCH_OFFSET, SegmentReader } from '../log/segment-reader.ts';
import type { OfflineInstall } from './offline-context.ts';

export interface LogProblem {
  readonly path: string;
  /** Byte offset in the segment where the next batch should have been. */
  readonly offset: number;
  readonly problem: string;
}

export interface LogCheckReport {
  readonly segments: number;
  readonly records: number;
  /** Of batches: bodies and records. */
  readonly bytes: number;
  readonly lastSequence: number;
  readonly problems: readonly LogProblem[];
  /** What an interrupted write left behind the newest segment's last record: no damage. */
  readonly tailBytes: number;
}

interface Scan {
  readonly records: number;
  readonly bytes: number;
  readonly last: RecordPosition | undefined;
  readonly nextOffset: number;
  readonly tailBytes: number;
}

/**
 * Reads every byte of every log segment and compares all CRCs and the links between records. Changes nothing; may run beside
 * a server, whose newest batch then may look like a tail. An error of a disk is a problem of that segment, not thrown.
 */
export function checkLog(install: Pick<OfflineInstall, 'disks'>): LogCheckReport {
  const found = findSegments(install.disks);
  const { segments, damaged } = found;
  const problems: LogProblem[] = damaged.map(({ path, reason }) => ({ path, offset: 0, problem: reason }));
  const twins = findTwins(found);
  if (twins !== undefined) problems.push({ path: twins[1].path, offset: 0, problem: describeTwins(twins) });
  const sum = { records: 0, bytes: 0, lastSequence: 0, tailBytes: 0 };
  for (const segment of segments) {
    const next = segments.find((other) => isNext(segment, other));
    const scan = tryScan(segment, problems);
    if (scan === undefined) continue;
    sum.records += scan.records;
    sum.bytes += scan.bytes;
    sum.lastSequence = Math.max(sum.lastSequence, scan.last?.sequence ?? 0);
    if (next === undefined) sum.tailBytes = scan.tailBytes;
    else problems.push(...endProblems(segment, next, scan));
  }
  return { segments: segments.length + damaged.length, ...sum, problems };
}

function isNext(segment: FoundSegment, other: FoundSegment): boolean {
  return other.segment > segment.segment && other.header.logId.equals(segment.header.logId);
}

function tryScan(segment: FoundSegment, problems: LogProblem[]): Scan | undefined {
  try {
    return scanSegment(segment);
  } catch (error) {
    problems.push({ path: segment.path, offset: 0, problem: error instanceof Error ? error.message : String(error) });
    return undefined;
  }
}

function scanSegment({ path, header }: FoundSegment): Scan {
  const reader = SegmentReader.open(path);
  try {
    let offset = FIRST_BATCH_OFFSET;
    let last: RecordPosition = header.previous;
    const sum = { records: 0, bytes: 0 };
    for (;;) {
      const read = reader.readBatch(offset);
      if (read === undefined) break;
      if (read.record.previous.crc !== last.crc || read.record.previous.sequence !== last.sequence) {
        throw new LogDamaged(`record ${read.record.sequence} at ${offset} does not follow record ${last.sequence}`);
      }
      last = positionOf(read.record);
      sum.records += 1;
      sum.bytes += read.record.batchLength;
      offset = read.nextOffset;
    }
    const tailBytes = Math.max(0, reader.sizeBytes() - offset);
    return { ...sum, last: sum.records === 0 ? undefined : last, nextOffset: offset, tailBytes };
  } finally {
    reader.close();
  }
}

/** A later segment vouches for the record it goes on after: that one must be whole. */
function endProblems(segment: FoundSegment, next: FoundSegment, scan: Scan): LogProblem[] {
  const { previous } = next.header;
  if (previous.segment !== segment.segment) return [];
  if (scan.last !== undefined && scan.last.sequence >= previous.sequence) return [];
  const problem = `no whole record here, although the log goes on after record ${previous.sequence} of this segment`;
  return [{ path: segment.path, offset: scan.nextOffset, problem }];
}
