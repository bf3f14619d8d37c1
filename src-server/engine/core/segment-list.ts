import { join } from 'node:path';
import { segmentFileName } from '../log/format.ts';
import { LOG_FOLDER, type SegmentsOnDisks } from '../log/log-chain.ts';
import type { LogSegment } from '../log/log-writer.ts';

export interface ListedSegment {
  readonly segment: number;
  readonly name: string;
  /** Its file on each disk that holds a copy. */
  readonly paths: readonly string[];
  /** No record in it has a higher sequence; undefined for the newest segment. */
  readonly lastSequence: number | undefined;
}

interface Entry {
  readonly paths: string[];
  /** Sequence of the record before its first. */
  readonly afterSequence: number;
}

/** The log's segment files, kept up to date as segments come and go. */
export class SegmentList {
  readonly #entries = new Map<number, Entry>();

  constructor(found: SegmentsOnDisks, logId: Buffer) {
    for (const one of found.segments) {
      if (!one.header.logId.equals(logId)) continue;
      const known = this.#entries.get(one.segment);
      if (known === undefined) {
        this.#entries.set(one.segment, { paths: [one.path], afterSequence: one.header.previous.sequence });
      } else known.paths.push(one.path);
    }
  }

  add(segment: LogSegment): void {
    const name = segmentFileName(segment.number);
    const paths = segment.disks.map((disk) => join(disk.path, LOG_FOLDER, name));
    this.#entries.set(segment.number, { paths, afterSequence: segment.header.previous.sequence });
  }

  remove(segment: number): void {
    this.#entries.delete(segment);
  }

  /** Oldest first. */
  list(): ListedSegment[] {
    const numbers = [...this.#entries.keys()].sort((a, b) => a - b);
    return numbers.map((segment, index) => {
      const next = this.#entries.get(numbers[index + 1] ?? Number.NaN);
      const paths = this.#entries.get(segment)?.paths ?? [];
      return { segment, name: segmentFileName(segment), paths, lastSequence: next?.afterSequence };
    });
  }
}
