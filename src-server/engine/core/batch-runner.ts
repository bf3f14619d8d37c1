import type { Placement } from '../../commands/command.ts';
import { isDamage } from '../../db/sqlite/is-damage.ts';
import { SqliteWriteTx } from '../../db/sqlite/sqlite-write-tx.ts';
import type { WriteSession } from '../../db/sqlite/write-session.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { ContainerId } from '../../domain/ids.ts';
import type { EngineLimits } from '../engine-options.ts';
import { BatchJournal } from '../log/batch-journal.ts';
import { ByteWriter } from '../log/byte-writer.ts';
import { FRAME_ALIGNMENT } from '../log/format.ts';
import { beginBatch } from '../log/record-encoder.ts';
import { BatchSequence } from './batch-sequence.ts';
import type { EngineCounters } from './engine-metrics.ts';
import type { Outcome, Submission } from './submission.ts';
import { CatalogueDoubtful } from './wal-keeper.ts';

/** The batch's transaction is gone, or never began: nothing of it may be written (LOG.md 8). `cause` says why. */
export class BatchLost extends Error {
  override readonly name = 'BatchLost';
}

export interface BatchRun {
  /** Of the first submissions, in order. */
  readonly outcomes: readonly Outcome[];
  /** Those for which this batch had no room. */
  readonly left: readonly Submission[];
  /** Commands changed something: there is a record to write. */
  readonly wrote: boolean;
}

/** Where the batch stands, and what must be recorded first because its segment is new. */
export interface BatchPlace {
  /** Byte offset of the batch in its segment. */
  readonly offset: number;
  /** Number of the record before this one. */
  readonly previousSequence: number;
  /**
   * Answers the segment's container, adding its row where it has none yet. `mustKeep`: what was added is worth a record
   * even if no command writes.
   */
  container(tx: WriteTx): Promise<{ readonly id: ContainerId; readonly mustKeep: boolean }>;
}

const BACKGROUND_MS = 5;

/** Runs commands, each in its own savepoint of one transaction, and keeps what their writes did and their frames. */
export class BatchRunner {
  readonly journal = new BatchJournal();
  /** Batch header, frames of what survived; the record is appended to it. */
  readonly out = new ByteWriter();
  readonly sequence = new BatchSequence();
  readonly tx: SqliteWriteTx;
  readonly #session: WriteSession;
  readonly #limits: EngineLimits;
  readonly #counters: EngineCounters;

  constructor(session: WriteSession, limits: EngineLimits, counters: EngineCounters) {
    this.#session = session;
    this.#limits = limits;
    this.#counters = counters;
    this.tx = new SqliteWriteTx(session.statements, this.journal, this.sequence);
  }

  /** Begins the transaction and the batch. Throws BatchLost. */
  begin(previousSequence: number): void {
    this.journal.clear();
    this.out.truncate(0);
    beginBatch(this.out);
    this.sequence.begin(previousSequence);
    try {
      this.#session.begin();
    } catch (error) {
      throw lost('the transaction could not begin', error);
    }
  }

  /**
   * Begins a batch and runs what fits into it; the transaction stays open. Commands run strictly one after another and
   * await only their `tx` (LOG.md 12).
   *
   * @throws BatchLost when SQLite rolled the whole transaction back
   */
  async run(submissions: readonly Submission[], place: BatchPlace): Promise<BatchRun> {
    this.begin(place.previousSequence);
    const { id: containerId, mustKeep } = await this.#guarded(() => place.container(this.tx));
    const engineEntries = this.journal.size;
    const outcomes: Outcome[] = [];
    let backgroundSinceMs: number | undefined;
    for (const submission of submissions) {
      if (submission.traits.priority === 'background') {
        backgroundSinceMs ??= performance.now();
        if (performance.now() - backgroundSinceMs > BACKGROUND_MS) break;
      }
      const outcome = await this.#runOne(submission, containerId, place.offset, outcomes.length > 0);
      if (outcome === undefined) break;
      outcomes.push(outcome);
    }
    return {
      outcomes,
      left: submissions.slice(outcomes.length),
      wrote: mustKeep || this.journal.size > engineEntries,
    };
  }

  /** Undefined when the record has no room for this command after the others: it was undone and belongs to the next batch. */
  async #runOne(
    submission: Submission,
    containerId: ContainerId,
    batchOffset: number,
    isLater: boolean,
  ): Promise<Outcome | undefined> {
    const { journal, out } = this;
    const mark = journal.mark();
    const frameEnd = out.length;
    const startMs = performance.now();
    try {
      this.#session.savepoint();
      const placed = this.#place(submission, containerId, batchOffset);
      // The name under which the command was submitted fixes its input's type.
      const value = await submission.command(this.tx, submission.input as never, placed, submission.actor);
      if (journal.byteLength > this.#limits.recordBytes) throw new RecordTooLong();
      this.#session.release();
      if (journal.size === mark.entries) out.truncate(frameEnd);
      this.#countBackground(submission, startMs);
      return { ok: true, value };
    } catch (error) {
      if (isDamage(error) || !this.#session.inTransaction) throw lost('SQLite rolled the batch back', error);
      this.#undo();
      journal.truncate(mark);
      out.truncate(frameEnd);
      if (error instanceof RecordTooLong && isLater) return undefined;
      return { ok: false, error };
    }
  }

  /** Appends the frames and says where they will stand. */
  #place(submission: Submission, containerId: ContainerId, batchOffset: number): Placement[] {
    const placed: Placement[] = [];
    for (const frame of submission.frames) {
      this.out.align(FRAME_ALIGNMENT);
      placed.push({ containerId, offset: batchOffset + this.out.length });
      this.out.bytes(frame);
    }
    return placed;
  }

  #undo(): void {
    try {
      this.#session.undo();
    } catch (error) {
      throw lost('a savepoint could not be undone', error);
    }
  }

  async #guarded<T>(body: () => Promise<T>): Promise<T> {
    try {
      return await body();
    } catch (error) {
      throw lost('the batch could not be prepared', error);
    }
  }

  #countBackground(submission: Submission, startMs: number): void {
    if (submission.traits.priority !== 'background') return;
    if (performance.now() - startMs > BACKGROUND_MS) this.#counters.slowBackgroundCommands += 1;
  }
}

/** A catalogue that SQLite finds damaged takes nothing any more: the next start builds it anew (LOG.md 23). */
function lost(message: string, cause: unknown): Error {
  if (isDamage(cause)) return new CatalogueDoubtful('the catalogue is damaged', { cause });
  return new BatchLost(message, { cause });
}

/** One command wrote more than a record holds: its caller must split it (LOG.md 1). */
export class RecordTooLong extends Error {
  override readonly name = 'RecordTooLong';

  constructor() {
    super('the command wrote more than one journal record holds');
  }
}
