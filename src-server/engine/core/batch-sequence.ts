import type { SequenceSource } from '../../db/sqlite/sqlite-write-tx.ts';
import type { SequenceId } from '../../domain/ids.ts';

const IDS_PER_SEQUENCE = 4096;

/**
 * The catalogue's one ascending sequence. A batch numbered S gives ids from S * 4096 on; a batch that needs more than 4096
 * simply takes a higher number, so numbers of records ascend with gaps, and ids never depend on a clock or on state that a
 * crash could lose: the log's last record number is enough.
 */
export class BatchSequence implements SequenceSource {
  #first = 0;
  #nextId = 0;

  /** Starts a batch after record `previous`. */
  begin(previous: number): void {
    this.#first = previous + 1;
    this.#nextId = this.#first * IDS_PER_SEQUENCE;
  }

  nextId(): SequenceId {
    const id = this.#nextId;
    this.#nextId += 1;
    // Minted here and nowhere else.
    return id as SequenceId;
  }

  /** Number of the batch's record, as far as ids were given. */
  get sequence(): number {
    return Math.max(this.#first, Math.floor((this.#nextId - 1) / IDS_PER_SEQUENCE));
  }
}
