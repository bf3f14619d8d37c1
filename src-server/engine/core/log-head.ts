import type { ContainerId } from '../../domain/ids.ts';
import type { EngineDisk } from '../engine-options.ts';
import { type FileIo, NameDoubtful } from '../log/file-io.ts';
import { type RecordPosition, segmentFileName } from '../log/format.ts';
import { LogSegment, type PlacedBatch } from '../log/log-writer.ts';
import type { SegmentHeader, VoidedRange } from '../log/segment-header.ts';
import type { StatementDictionary } from '../log/statement-dictionary.ts';

export interface LogHeadState {
  readonly logId: Buffer;
  readonly epoch: number;
  readonly last: RecordPosition;
  /** Where the batch after `last` would start in its segment: its final length if another follows. 0 = not known. */
  readonly lastSegmentLength: number;
  /** Highest segment number in use or ever tried. */
  readonly highestSegment: number;
  readonly segment: LogSegment | undefined;
}

/** What a new segment is to say and hold besides what the head knows. */
export interface NewSegment {
  readonly disks: readonly EngineDisk[];
  readonly schemaVersion: number;
  readonly previous?: RecordPosition;
  readonly voids?: readonly VoidedRange[];
  readonly batches?: readonly PlacedBatch[];
  readonly dictionary?: StatementDictionary;
}

/** The growing end of the log: its newest segment, its last record, and how much of it is known to be synced. */
export class LogHead {
  readonly logId: Buffer;
  readonly epoch: number;
  /** The last record that stands. */
  last: RecordPosition;
  /** Highest sequence known to be synced. */
  syncedSequence: number;
  /** Highest sequence ever written, voided ones too: none is given twice while this process lives. */
  highestSequence: number;
  /** The open segment's container; undefined until its first batch, which adds the row, is committed. */
  containerId: ContainerId | undefined;
  /** The segment that was left last, with its final length: sealed by the next one's first batch. */
  closed: { readonly name: string; readonly length: number } | undefined;
  readonly #io: FileIo;
  readonly #onSegment: (segment: LogSegment) => void;
  #segment: LogSegment | undefined;
  #highestSegment: number;
  #mustLeave = false;

  /** @param onSegment told of each new segment once it is durable */
  constructor(io: FileIo, state: LogHeadState, onSegment: (segment: LogSegment) => void) {
    this.#io = io;
    this.#onSegment = onSegment;
    this.logId = state.logId;
    this.epoch = state.epoch;
    this.last = state.last;
    this.syncedSequence = state.last.sequence;
    this.highestSequence = state.last.sequence;
    this.#segment = state.segment;
    this.#highestSegment = state.highestSegment;
    if (state.lastSegmentLength > 0) {
      this.closed = { name: segmentFileName(state.last.segment), length: state.lastSegmentLength };
    }
  }

  /** The segment that takes batches. Throws before the first one was opened. */
  get segment(): LogSegment {
    if (this.#segment === undefined) throw new Error('the log has no open segment');
    return this.#segment;
  }

  get isOpen(): boolean {
    return this.#segment !== undefined;
  }

  /**
   * A segment that was to follow the open one was not made but may be found: its header says that nothing comes after `last`,
   * so the open one takes no more.
   */
  get mustLeave(): boolean {
    return this.#mustLeave;
  }

  /** Takes the next segment number. A number is never tried twice, so that two disks never hold different ones of a name. */
  takeSegmentNumber(): number {
    this.#highestSegment += 1;
    return this.#highestSegment;
  }

  headerFor(number: number, wanted: NewSegment): SegmentHeader {
    return {
      logId: this.logId,
      segment: number,
      epoch: this.epoch,
      schemaVersion: wanted.schemaVersion,
      previous: wanted.previous ?? this.last,
      members: wanted.disks.map((disk) => Buffer.from(disk.uuid.replaceAll('-', ''), 'hex')),
      voids: wanted.voids ?? [],
    };
  }

  /** Makes a durable segment and goes on in it. Throws the system's error; then nothing changed but the number. */
  startSegment(wanted: NewSegment, number: number = this.takeSegmentNumber()): LogSegment {
    const header = this.headerFor(number, wanted);
    const next = this.#create(header, wanted);
    if (this.#segment !== undefined) {
      this.closed = { name: segmentFileName(this.#segment.number), length: this.#segment.nextOffset };
      this.#segment.close();
    }
    this.#segment = next;
    this.#mustLeave = false;
    this.containerId = undefined;
    this.#onSegment(next);
    return next;
  }

  #create(header: SegmentHeader, wanted: NewSegment): LogSegment {
    try {
      return LogSegment.create(this.#io, wanted.disks, header, wanted.batches, wanted.dictionary);
    } catch (error) {
      if (error instanceof NameDoubtful) this.#mustLeave = true;
      throw error;
    }
  }

  close(): void {
    this.#segment?.close();
    this.#segment = undefined;
  }
}
