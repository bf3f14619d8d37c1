import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../../platform/fs-durable.ts';
import { LOG_START, LogDamaged, parseSegmentFileName, type RecordPosition } from './format.ts';
import type { SegmentHeader } from './segment-header.ts';
import { SegmentReader } from './segment-reader.ts';

/** Folder of a disk that holds log segments. */
export const LOG_FOLDER = 'log';

/** One segment file as found on a disk. */
export interface FoundSegment {
  readonly segment: number;
  readonly path: string;
  readonly diskUuid: string;
  readonly header: SegmentHeader;
}

/** A segment that carries records of the log. */
export interface ChainLink extends FoundSegment {
  /** The last record of this segment that counts; undefined in the newest one: the log's end is to be found there. */
  readonly end: RecordPosition | undefined;
}

/**
 * The segments of one log in order, as their headers name each other. Segments whose records were all voided are left out.
 */
export interface LogChain {
  /** Oldest first; empty when there is no log. */
  readonly links: readonly ChainLink[];
  /** The record before the first link's first one; LOG_START when the chain reaches back to the log's beginning. */
  readonly start: RecordPosition;
  /** Every segment of this log, those without counting records too. */
  readonly segments: readonly FoundSegment[];
}

export interface LogDiskFolder {
  readonly uuid: string;
  readonly path: string;
}

/** A segment file whose header cannot be trusted: damage, since a header is durable before its file gets its name. */
export interface DamagedSegment {
  readonly segment: number;
  readonly diskUuid: string;
  readonly path: string;
  readonly reason: string;
}

export interface SegmentsOnDisks {
  /** By number. */
  readonly segments: readonly FoundSegment[];
  readonly damaged: readonly DamagedSegment[];
}

/** Every log segment on the disks. An error of a disk is thrown as it comes. */
export function findSegments(disks: readonly LogDiskFolder[]): SegmentsOnDisks {
  const segments: FoundSegment[] = [];
  const damaged: DamagedSegment[] = [];
  for (const disk of disks) {
    const folder = join(disk.path, LOG_FOLDER);
    for (const name of listFolder(folder)) {
      const segment = parseSegmentFileName(name);
      if (segment === undefined) continue;
      const path = join(folder, name);
      try {
        segments.push({ segment, path, diskUuid: disk.uuid, header: readHeader(path, segment) });
      } catch (error) {
        if (!(error instanceof LogDamaged)) throw error;
        damaged.push({ segment, path, diskUuid: disk.uuid, reason: error.message });
      }
    }
  }
  segments.sort((a, b) => a.segment - b.segment);
  return { segments, damaged };
}

/**
 * Two segments of one log under one number. A number is given once and its segment has one copy (there are no mirrors yet), so
 * one of them is a copy of a folder, or of another time: which of them counts only an operator can say.
 */
export function findTwins({ segments }: SegmentsOnDisks): readonly [FoundSegment, FoundSegment] | undefined {
  const seen = new Map<string, FoundSegment>();
  for (const segment of segments) {
    const name = `${segment.header.logId.toString('hex')} ${segment.segment}`;
    const other = seen.get(name);
    if (other !== undefined) return [other, segment];
    seen.set(name, segment);
  }
  return undefined;
}

/** What is wrong with twins, for the operator. */
export function describeTwins([one, other]: readonly [FoundSegment, FoundSegment]): string {
  return `${one.path} and ${other.path} are both segment ${one.segment} of the log: one is a copy, or of another time; take the wrong one away`;
}

/** Names in a folder; none when it does not exist. Other errors are thrown. */
export function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    return [];
  }
}

/** Links the segments of log `logId` from the newest back to the oldest that is still there without a gap. */
export function linkSegments(all: readonly FoundSegment[], logId: Buffer): LogChain {
  const segments = all.filter((candidate) => candidate.header.logId.equals(logId));
  const links: ChainLink[] = [];
  let link = segments.at(-1);
  let end: RecordPosition | undefined;
  let start: RecordPosition = LOG_START;
  while (link !== undefined) {
    links.unshift({ ...link, end });
    start = end = link.header.previous;
    link = segments.findLast((candidate) => candidate.segment === start.segment);
  }
  return { links, start, segments };
}

function readHeader(path: string, segment: number): SegmentHeader {
  const reader = SegmentReader.open(path);
  try {
    const { header } = reader;
    if (header.segment !== segment) throw new LogDamaged(`${path}: its header names segment ${header.segment}`);
    if (header.previous.segment >= segment) throw new LogDamaged(`${path}: its header points forward`);
    return header;
  } finally {
    reader.close();
  }
}
