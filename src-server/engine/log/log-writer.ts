import { join } from 'node:path';
import type { EngineDisk } from '../engine-options.ts';
import { closeQuietly, createDurably, ensureFolder, type FileIo, NameDoubtful, writeAll } from './file-io.ts';
import { alignUp, BLOCK_BYTES, segmentFileName } from './format.ts';
import { LOG_FOLDER } from './log-chain.ts';
import { encodeSegmentHeader, type SegmentHeader } from './segment-header.ts';
import { FIRST_BATCH_OFFSET } from './segment-reader.ts';
import { StatementDictionary } from './statement-dictionary.ts';

interface SegmentCopy {
  readonly disk: EngineDisk;
  readonly fd: number;
}

/** A batch as it stands in a segment from its first byte. */
export interface PlacedBatch {
  readonly bytes: Uint8Array;
  readonly offset: number;
}

/**
 * The segment that takes the log's next batches: one copy on each member disk (one member until pools are mirrored, LOG.md
 * 19). A write or sync that fails on any copy fails the batch.
 */
export class LogSegment {
  readonly header: SegmentHeader;
  /** Statement texts that stand in this segment. */
  readonly dictionary: StatementDictionary;
  readonly #io: FileIo;
  readonly #copies: readonly SegmentCopy[];
  #nextOffset: number;

  private constructor(
    io: FileIo,
    header: SegmentHeader,
    copies: readonly SegmentCopy[],
    nextOffset: number,
    dictionary: StatementDictionary,
  ) {
    this.dictionary = dictionary;
    this.#io = io;
    this.header = header;
    this.#copies = copies;
    this.#nextOffset = nextOffset;
  }

  /**
   * Makes the segment's file on each disk, durable before it has its name, with batches in it already where given
   * (`dictionary` then holds the statement texts that they define).
   *
   * @throws the system's error, or DiskVanished; NameDoubtful where a file of that name may be found later: copies made before
   *   the failing one are closed and left
   */
  static create(
    io: FileIo,
    disks: readonly EngineDisk[],
    header: SegmentHeader,
    batches: readonly PlacedBatch[] = [],
    dictionary: StatementDictionary = new StatementDictionary(),
  ): LogSegment {
    const pieces = [{ bytes: encodeSegmentHeader(header), offset: 0 }, ...batches];
    const last = pieces.at(-1);
    const end = last === undefined ? FIRST_BATCH_OFFSET : last.offset + last.bytes.length;
    const copies: SegmentCopy[] = [];
    try {
      for (const disk of disks) {
        const folder = ensureFolder(io, disk.path, LOG_FOLDER);
        const path = join(folder, segmentFileName(header.segment));
        copies.push({ disk, fd: createDurably(io, { path, pieces, device: disk.device }) });
      }
    } catch (error) {
      for (const copy of copies) closeQuietly(io, copy.fd);
      throw copies.length > 0 ? new NameDoubtful(segmentFileName(header.segment), error) : error;
    }
    return new LogSegment(io, header, copies, alignUp(end, BLOCK_BYTES), dictionary);
  }

  /** Goes on in a segment that holds its header only (LOG.md 3). */
  static reuse(io: FileIo, disk: EngineDisk, header: SegmentHeader): LogSegment {
    const fd = io.open(join(disk.path, LOG_FOLDER, segmentFileName(header.segment)), 'r+');
    return new LogSegment(io, header, [{ disk, fd }], FIRST_BATCH_OFFSET, new StatementDictionary());
  }

  get number(): number {
    return this.header.segment;
  }

  get disks(): readonly EngineDisk[] {
    return this.#copies.map((copy) => copy.disk);
  }

  /** Where the next batch will stand: a multiple of 4 KiB, so that a torn sector never touches an answered record. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** One positional write to each copy. The batch does not count before `keep`. Throws ShortTransfer or the system's error. */
  write(batch: Uint8Array): void {
    for (const copy of this.#copies) writeAll(this.#io, copy.fd, batch, this.#nextOffset);
  }

  /** The batch of `length` bytes that was written stands. */
  keep(length: number): void {
    this.#nextOffset = alignUp(this.#nextOffset + length, BLOCK_BYTES);
  }

  /** Gives back what a full disk took of a batch. Throws the system's error. */
  dropTail(): void {
    for (const copy of this.#copies) this.#io.truncate(copy.fd, this.#nextOffset);
  }

  /** Syncs every copy: a single one here and now, several each on a thread of its own. A failure is never retried. */
  sync(): Promise<unknown> | undefined {
    const [only, ...others] = this.#copies;
    if (only === undefined || others.length > 0) return this.syncInBackground();
    this.#io.fdatasync(only.fd);
    return undefined;
  }

  syncInBackground(): Promise<unknown> {
    return Promise.all(this.#copies.map((copy) => this.#io.syncInBackground(copy.fd)));
  }

  close(): void {
    for (const copy of this.#copies) closeQuietly(this.#io, copy.fd);
  }
}
