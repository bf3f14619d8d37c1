import type { ReadTx } from '../tx.ts';
import { openDatabase, type SqliteDatabase, type SqliteStatement } from './open-database.ts';
import { SqliteReadTx } from './sqlite-read-tx.ts';
import { StatementCache } from './statement-cache.ts';

export interface SqliteCatalogueOptions {
  readonly path: string;
  /** The engine's `SHARED_WORDS`. */
  readonly generation: SharedArrayBuffer;
  readonly cacheBytes?: number;
}

/** Words of the memory that the commit thread shares with readers, raised after COMMIT and before the answers. */
export const SHARED_WORDS = { generation: 0, commits: 1 } as const;
export const SHARED_WORDS_BYTES = 16;

/**
 * Read side of the catalogue on one thread: its own read-only connection. Reads of one turn of the event loop share a
 * snapshot as long as nothing was committed in between, because opening one costs as much as a look-up; a read that begins
 * after `submit` resolved sees what was submitted.
 */
export class SqliteCatalogue {
  readonly #db: SqliteDatabase;
  readonly #tx: ReadTx;
  readonly #begin: SqliteStatement;
  readonly #end: SqliteStatement;
  readonly #shared: BigUint64Array;
  /** Reads under way. */
  #depth = 0;
  #isOpen = false;
  #snapshotCommits = 0n;
  #snapshotGeneration = 0;

  constructor(options: SqliteCatalogueOptions) {
    const cache = options.cacheBytes === undefined ? {} : { cacheBytes: options.cacheBytes };
    this.#db = openDatabase(options.path, { readonly: true, ...cache });
    this.#tx = new SqliteReadTx(new StatementCache(this.#db, false));
    // The driver types `prepare` by its parameters; these have none.
    this.#begin = this.#db.prepare('BEGIN') as SqliteStatement;
    this.#end = this.#db.prepare('COMMIT') as SqliteStatement;
    this.#shared = new BigUint64Array(options.generation);
  }

  /** Runs `read` on one consistent snapshot. `read` awaits nothing but its `tx`. */
  async read<T>(read: (tx: ReadTx) => Promise<T>): Promise<T> {
    if (this.#depth === 0) this.#openSnapshot();
    this.#depth += 1;
    try {
      return await read(this.#tx);
    } finally {
      this.#depth -= 1;
    }
  }

  /**
   * Rises with every commit that changed keys, users or bucket settings (LOG.md 13). While a read is under way it is its
   * snapshot's: a cache must not file what an older, shared snapshot shows under the number of a commit that came since.
   */
  generation(): number {
    return this.#depth > 0 ? this.#snapshotGeneration : this.#loadGeneration();
  }

  close(): void {
    this.#endSnapshot();
    this.#db.close();
  }

  #openSnapshot(): void {
    const commits = Atomics.load(this.#shared, SHARED_WORDS.commits);
    if (this.#isOpen && commits === this.#snapshotCommits) return;
    // Once a turn, so that no snapshot outlives it and holds up SQLite's checkpoints.
    if (!this.#isOpen) setImmediate(() => this.#endSnapshot());
    else this.#end.run();
    this.#snapshotCommits = commits;
    this.#snapshotGeneration = this.#loadGeneration();
    this.#begin.run();
    this.#isOpen = true;
  }

  #endSnapshot(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#end.run();
  }

  #loadGeneration(): number {
    return Number(Atomics.load(this.#shared, SHARED_WORDS.generation));
  }
}
