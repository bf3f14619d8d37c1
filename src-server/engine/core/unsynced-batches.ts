import type { JournalEntries } from '../log/batch-journal.ts';
import type { RecordPosition } from '../log/format.ts';
import type { MigrationEntry } from '../log/record-encoder.ts';

/** A batch that was answered before the log was synced past it: everything needed to write it again elsewhere. */
export interface UnsyncedBatch {
  readonly position: RecordPosition;
  readonly previous: RecordPosition;
  /** The batch's bytes between its header and its record. */
  readonly frames: Buffer;
  readonly entries: JournalEntries | MigrationEntry;
  readonly createdMs: number;
}

/** Balanced and relaxed: what the last sync did not cover yet, in order (LOG.md 11). */
export class UnsyncedBatches {
  #batches: UnsyncedBatch[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get list(): readonly UnsyncedBatch[] {
    return this.#batches;
  }

  add(batch: UnsyncedBatch): void {
    this.#batches.push(batch);
    this.#bytes += sizeOf(batch);
  }

  /** The log is synced up to `sequence`. */
  forgetUpTo(sequence: number): void {
    const keep = this.#batches.findIndex((batch) => batch.position.sequence > sequence);
    this.#batches = keep < 0 ? [] : this.#batches.slice(keep);
    this.#bytes = this.#batches.reduce((sum, batch) => sum + sizeOf(batch), 0);
  }
}

function sizeOf(batch: UnsyncedBatch): number {
  return batch.frames.length + ('byteLength' in batch.entries ? batch.entries.byteLength : 0);
}
