import { statSync } from 'node:fs';
import type { SqliteDatabase } from '../../db/sqlite/open-database.ts';
import { checkpointWal, databaseBytes, walFrames } from '../../db/sqlite/wal.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { EngineStopped } from '../engine-options.ts';

const LOOK_EVERY_BATCHES = 16;
/** Where space is short the WAL is moved when it is past this, so that SQLite writes over it instead of making it longer. */
const TIGHT_WAL_BYTES = 256 * 1024;
/** Beside the pages that the main file has to grow by. */
const MARGIN_BYTES = 64 * 1024;

/**
 * SQLite's own checkpoints: between batches, in the commit thread, PASSIVE past a size and TRUNCATE when idle. Any error in one
 * means that the catalogue's file cannot be trusted (LOG.md 23).
 */
export class WalKeeper {
  readonly #db: SqliteDatabase;
  readonly #limitBytes: number;
  readonly #allows: (bytes: number) => boolean;
  #batches = 0;
  #checkpointedSequence = 0;

  /**
   * @param appliedSequence the catalogue's last record, all of it in the main file if the WAL is empty
   * @param allows is there room for so many bytes more in the data folder? May throw the system's error
   */
  constructor(db: SqliteDatabase, limitBytes: number, appliedSequence: number, allows: (bytes: number) => boolean) {
    this.#db = db;
    this.#limitBytes = limitBytes;
    this.#allows = allows;
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
  afterBatch(appliedSequence: number, isTight: boolean): boolean {
    this.#batches += 1;
    if (!isTight && this.#batches % LOOK_EVERY_BATCHES !== 0) return false;
    if (this.pendingBytes() < (isTight ? Math.min(TIGHT_WAL_BYTES, this.#limitBytes) : this.#limitBytes)) return false;
    return this.checkpointIfRoom('PASSIVE', appliedSequence);
  }

  /**
   * Checkpoints unless the disk has no room for what the main file would grow by: that would be an error in one. False then:
   * the WAL serves as well, only it goes on growing. Throws EngineStopped.
   */
  checkpointIfRoom(mode: 'PASSIVE' | 'TRUNCATE', appliedSequence: number): boolean {
    if (!this.#hasRoom()) return false;
    this.checkpoint(mode, appliedSequence);
    return true;
  }

  #hasRoom(): boolean {
    try {
      const mainBytes = statSync(this.#db.name).size;
      return this.#allows(Math.max(0, databaseBytes(this.#db) - mainBytes) + MARGIN_BYTES);
    } catch {
      // Whoever writes next meets the disk's error, and says so.
      return false;
    }
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
