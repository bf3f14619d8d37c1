import type { SqliteDatabase } from '../../db/sqlite/open-database.ts';
import { checkpointWal, walFrames } from '../../db/sqlite/wal.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { EngineStopped } from '../engine-options.ts';

const LOOK_EVERY_BATCHES = 16;

/**
 * SQLite's own checkpoints: between batches, in the commit thread, PASSIVE past a size and TRUNCATE when idle. Any error in one
 * means that the catalogue's file cannot be trusted (LOG.md 23).
 */
export class WalKeeper {
  readonly #db: SqliteDatabase;
  readonly #limitBytes: number;
  #batches = 0;
  #checkpointedSequence = 0;

  /** @param appliedSequence the catalogue's last record, all of it in the main file if the WAL is empty */
  constructor(db: SqliteDatabase, limitBytes: number, appliedSequence: number) {
    this.#db = db;
    this.#limitBytes = limitBytes;
    if (this.pendingBytes() === 0) this.#checkpointedSequence = appliedSequence;
  }

  /** `applied_seq` that is durable in the catalogue's main file: a log segment may only go when this has passed it. */
  get checkpointedSequence(): number {
    return this.#checkpointedSequence;
  }

  /** Bytes in the WAL that stand in no checkpoint yet. */
  pendingBytes(): number {
    const { frames, checkpointed, pageBytes } = walFrames(this.#db);
    return (frames - checkpointed) * pageBytes;
  }

  /** After a batch. Answers true when it made a checkpoint. Throws EngineStopped. */
  afterBatch(appliedSequence: number): boolean {
    this.#batches += 1;
    if (this.#batches % LOOK_EVERY_BATCHES !== 0) return false;
    if (this.pendingBytes() < this.#limitBytes) return false;
    this.checkpoint('PASSIVE', appliedSequence);
    return true;
  }

  /** Throws EngineStopped on any error: the next start sets the catalogue aside and builds it from checkpoint and log. */
  checkpoint(mode: 'PASSIVE' | 'TRUNCATE', appliedSequence: number): void {
    crashPoint('wal-checkpoint');
    try {
      crashPoint('wal-checkpoint-run');
      const { complete } = checkpointWal(this.#db, mode);
      if (complete) this.#checkpointedSequence = appliedSequence;
    } catch (error) {
      throw new CatalogueDoubtful('a checkpoint of the catalogue failed', { cause: error });
    }
    crashPoint('wal-checkpoint-done');
  }
}

/** The catalogue's file may be damaged: the next start must not trust it. */
export class CatalogueDoubtful extends EngineStopped {
  override readonly name = 'CatalogueDoubtful';
}
