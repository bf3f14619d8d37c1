import type { ReadTx } from '../tx.ts';
import { openDatabase, type SqliteDatabase, type SqliteStatement } from './open-database.ts';
import { SqliteReadTx } from './sqlite-read-tx.ts';
import { StatementCache } from './statement-cache.ts';

export interface SqliteCatalogueOptions {
  readonly path: string;
  /** The engine's generation word (8 bytes). */
  readonly generation: SharedArrayBuffer;
  readonly cacheBytes?: number;
}

/**
 * Read side of the catalogue on one thread: its own read-only connection. Reads that overlap share one snapshot; since a
 * read awaits nothing but its `tx`, all of them end before this thread takes its next message, so a read that begins
 * after `submit` resolved sees what was submitted.
 */
export class SqliteCatalogue {
  readonly #db: SqliteDatabase;
  readonly #tx: ReadTx;
  readonly #begin: SqliteStatement;
  readonly #end: SqliteStatement;
  readonly #generation: BigUint64Array;
  #depth = 0;
  #snapshotGeneration = 0;

  constructor(options: SqliteCatalogueOptions) {
    const cache = options.cacheBytes === undefined ? {} : { cacheBytes: options.cacheBytes };
    this.#db = openDatabase(options.path, { readonly: true, ...cache });
    this.#tx = new SqliteReadTx(new StatementCache(this.#db, false));
    // The driver types `prepare` by its parameters; these have none.
    this.#begin = this.#db.prepare('BEGIN') as SqliteStatement;
    this.#end = this.#db.prepare('COMMIT') as SqliteStatement;
    this.#generation = new BigUint64Array(options.generation);
  }

  /** Runs `read` on one consistent snapshot. `read` awaits nothing but its `tx`. */
  async read<T>(read: (tx: ReadTx) => Promise<T>): Promise<T> {
    if (this.#depth === 0) {
      this.#snapshotGeneration = this.#loadGeneration();
      this.#begin.run();
    }
    this.#depth += 1;
    try {
      return await read(this.#tx);
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) this.#end.run();
    }
  }

  /**
   * Rises with every commit that changed keys, users or bucket settings (LOG.md 13). While a snapshot is open it is the
   * snapshot's: a cache must not file what an older, shared snapshot shows under the number of a commit that came since.
   */
  generation(): number {
    return this.#depth > 0 ? this.#snapshotGeneration : this.#loadGeneration();
  }

  #loadGeneration(): number {
    return Number(Atomics.load(this.#generation, 0));
  }

  close(): void {
    this.#db.close();
  }
}
