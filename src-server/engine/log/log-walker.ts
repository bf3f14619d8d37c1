import { BLOCK_BYTES, LogDamaged, type RecordPosition } from './format.ts';
import type { ChainLink, LogChain } from './log-chain.ts';
import {
  collectDefinitions,
  decodeEntries,
  decodeMigration,
  type FoundRecord,
  positionOf,
  type ReplayEntry,
} from './record-decoder.ts';
import type { MigrationEntry } from './record-encoder.ts';
import { FIRST_BATCH_OFFSET, SegmentReader } from './segment-reader.ts';

/** A record of the log, verified with every byte of its batch. */
export type LogRecord = { readonly record: FoundRecord } & (
  | { readonly kind: 'writes'; readonly entries: readonly ReplayEntry[] }
  | { readonly kind: 'migration'; readonly migration: MigrationEntry }
);

/** What stands in the newest segment behind the log's last record. */
export interface LogTail {
  readonly path: string;
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Reads the log forward from a record of it. `next` answers each later record and, at the end, undefined; `end` and `tail`
 * then say where the log ends.
 */
export class LogWalker {
  readonly #links: ChainLink[];
  #reader: SegmentReader | undefined;
  #texts = new Map<number, string>();
  #offset = 0;
  #endOffset = 0;
  #last: RecordPosition;
  #tail: LogTail | undefined;

  /** @param from a record of the chain, or `chain.start` */
  constructor(chain: LogChain, from: RecordPosition) {
    this.#last = from;
    const first = chain.links.findIndex((link) => link.segment === from.segment);
    this.#links = chain.links.slice(Math.max(first, 0));
    if (first >= 0) this.#openAt(from);
  }

  /** The newest record that was answered, or the one walked from. */
  get end(): RecordPosition {
    return this.#last;
  }

  /** Where the batch after `end` would start in its segment; 0 when no record of it was read. */
  get endOffset(): number {
    return this.#endOffset;
  }

  /** After `next` answered undefined: what follows the last record in its segment, if anything. */
  get tail(): LogTail | undefined {
    return this.#tail;
  }

  /**
   * @throws LogDamaged where the log cannot be followed to its end: a record that a later segment vouches for is not
   *   there, or what follows the last record cannot be the trace of a crash (LOG.md 16)
   */
  next(): LogRecord | undefined {
    for (;;) {
      const link = this.#links[0];
      if (link === undefined) return undefined;
      if (this.#reader === undefined) this.#openFirst(link);
      if (link.end !== undefined && isSame(link.end, this.#last)) {
        this.#closeLink();
        continue;
      }
      const found = this.#readNext();
      if (found !== undefined) return found;
      if (link.end !== undefined) {
        throw new LogDamaged(`${link.path}: no valid record at ${this.#offset}, although a later segment follows`);
      }
      this.#inspectTail();
      return undefined;
    }
  }

  close(): void {
    this.#reader?.close();
    this.#reader = undefined;
    this.#links.length = 0;
  }

  /** Starts behind `from`, which stands in the first link; collects the statement texts before it, skipping bodies. */
  #openAt(from: RecordPosition): void {
    const link = this.#links[0];
    if (link === undefined) return;
    const reader = this.#openLink(link);
    while (this.#offset <= from.offset) {
      const read = reader.readRecord(this.#offset);
      if (read === undefined) throw new LogDamaged(`${link.path}: no valid record at ${this.#offset}`);
      collectDefinitions(read.record, this.#texts);
      this.#offset = read.nextOffset;
    }
    this.#endOffset = this.#offset;
  }

  #openFirst(link: ChainLink): void {
    if (!isSame(link.header.previous, this.#last)) {
      throw new LogDamaged(`${link.path} does not go on after record ${this.#last.sequence}`);
    }
    this.#openLink(link);
  }

  #openLink(link: ChainLink): SegmentReader {
    this.#reader = SegmentReader.open(link.path);
    this.#texts = new Map();
    this.#offset = FIRST_BATCH_OFFSET;
    return this.#reader;
  }

  #closeLink(): void {
    this.#reader?.close();
    this.#reader = undefined;
    this.#links.shift();
  }

  #readNext(): LogRecord | undefined {
    const read = this.#reader?.readBatch(this.#offset);
    if (read === undefined || !isSame(read.record.previous, this.#last)) return undefined;
    const { record } = read;
    const content = readContent(record, this.#texts);
    this.#offset = read.nextOffset;
    this.#endOffset = read.nextOffset;
    this.#last = positionOf(record);
    return content;
  }

  /**
   * Behind the last record only an unfinished write may stand: nothing there was ever synced. A later record that knows
   * itself synced past this point proves the opposite (LOG.md 16).
   */
  #inspectTail(): void {
    const reader = this.#reader;
    if (reader === undefined) return;
    const size = reader.sizeBytes();
    if (size <= this.#offset) return;
    this.#tail = { path: reader.path, offset: this.#offset, bytes: size - this.#offset };
    for (let offset = this.#offset; offset < size; offset += BLOCK_BYTES) {
      const found = reader.readBatch(offset);
      if (found !== undefined && found.record.syncedSequence > this.#last.sequence) {
        throw new LogDamaged(
          `${reader.path}: record ${found.record.sequence} at ${offset} is whole, but what stands before it at ${this.#offset} is not`,
        );
      }
    }
  }
}

function readContent(record: FoundRecord, texts: Map<number, string>): LogRecord {
  if (record.kind === 'migration') return { kind: 'migration', record, migration: decodeMigration(record) };
  return { kind: 'writes', record, entries: [...decodeEntries(record, texts)] };
}

function isSame(a: RecordPosition, b: RecordPosition): boolean {
  return a.sequence === b.sequence && a.crc === b.crc && a.segment === b.segment && a.offset === b.offset;
}
