import type { WriteRecorder } from '../../db/sqlite/sqlite-write-tx.ts';
import type { SqlValue } from '../../db/tx.ts';
import { ByteWriter } from './byte-writer.ts';

/** How a parameter stands in a journal record (LOG.md 5). */
export const PARAMETER_TAGS = { null: 0, float64: 1, int64: 2, text: 3, blob: 4 } as const;

/** A place in the journal, to undo what a failed command wrote. */
export interface JournalMark {
  readonly entries: number;
  readonly bytes: number;
  readonly raisesGeneration: boolean;
}

/**
 * What the writes of one batch did, in order: statement text, and already encoded how many rows it changed and its
 * parameters. Kept apart from the record until the batch is complete, because statement numbers are given only to what
 * survived its savepoint (LOG.md 3).
 */
export class BatchJournal implements WriteRecorder {
  readonly #texts: string[] = [];
  readonly #ends: number[] = [];
  readonly #bytes = new ByteWriter();
  #raisesGeneration = false;

  record(sql: string, parameters: readonly SqlValue[], changes: number, raisesGeneration: boolean): void {
    const out = this.#bytes;
    out.varint(changes);
    out.varint(parameters.length);
    for (const value of parameters) writeParameter(out, value);
    this.#texts.push(sql);
    this.#ends.push(out.length);
    if (raisesGeneration) this.#raisesGeneration = true;
  }

  get size(): number {
    return this.#texts.length;
  }

  /** Encoded bytes so far, statement texts not counted. */
  get byteLength(): number {
    return this.#bytes.length;
  }

  /** A write of this batch changed what caches of keys, users and buckets hold (LOG.md 13). */
  get raisesGeneration(): boolean {
    return this.#raisesGeneration;
  }

  text(index: number): string {
    return this.#texts[index] ?? '';
  }

  /** Changes, parameter count and parameters of an entry; valid until the next write. */
  body(index: number): Buffer {
    return this.#bytes.view(index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]);
  }

  mark(): JournalMark {
    return { entries: this.#texts.length, bytes: this.#bytes.length, raisesGeneration: this.#raisesGeneration };
  }

  truncate(mark: JournalMark): void {
    this.#texts.length = mark.entries;
    this.#ends.length = mark.entries;
    this.#bytes.truncate(mark.bytes);
    this.#raisesGeneration = mark.raisesGeneration;
  }

  clear(): void {
    this.truncate({ entries: 0, bytes: 0, raisesGeneration: false });
  }

  /** A copy that outlives the batch, for batches that are not synced yet (LOG.md 11). */
  snapshot(): JournalEntries {
    const texts = [...this.#texts];
    const ends = [...this.#ends];
    const bytes = Buffer.from(this.#bytes.view());
    return {
      size: texts.length,
      byteLength: bytes.length,
      text: (index) => texts[index] ?? '',
      body: (index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index]),
    };
  }
}

/** Entries of a journal record before statements have numbers. */
export type JournalEntries = Pick<BatchJournal, 'size' | 'byteLength' | 'text' | 'body'>;

function writeParameter(out: ByteWriter, value: SqlValue): void {
  if (typeof value === 'number') {
    out.u8(PARAMETER_TAGS.float64);
    out.float64(value);
  } else if (typeof value === 'string') {
    out.u8(PARAMETER_TAGS.text);
    out.text(value);
  } else if (value === null) {
    out.u8(PARAMETER_TAGS.null);
  } else if (typeof value === 'bigint') {
    out.u8(PARAMETER_TAGS.int64);
    out.int64(value);
  } else {
    out.u8(PARAMETER_TAGS.blob);
    out.blob(value);
  }
}
