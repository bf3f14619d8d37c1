import type { SqliteDatabase, SqliteStatement } from './open-database.ts';
import { StatementCache } from './statement-cache.ts';

const prepare = (db: SqliteDatabase, sql: string): SqliteStatement => db.prepare(sql) as SqliteStatement;

/** Transaction control of the writing connection. Synchronous: a batch is one transaction, a command one savepoint in it. */
export class WriteSession {
  readonly statements: StatementCache;
  readonly #db: SqliteDatabase;
  readonly #control: Readonly<Record<'begin' | 'commit' | 'rollback' | 'save' | 'release' | 'undo', SqliteStatement>>;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    this.statements = new StatementCache(db, true);
    this.#control = {
      begin: prepare(db, 'BEGIN IMMEDIATE'),
      commit: prepare(db, 'COMMIT'),
      rollback: prepare(db, 'ROLLBACK'),
      save: prepare(db, 'SAVEPOINT command'),
      release: prepare(db, 'RELEASE command'),
      undo: prepare(db, 'ROLLBACK TO command'),
    };
  }

  /** False after SQLITE_FULL, IOERR or NOMEM rolled the whole transaction back (LOG.md 8). */
  get inTransaction(): boolean {
    return this.#db.inTransaction;
  }

  begin(): void {
    this.#control.begin.run();
  }

  commit(): void {
    this.#control.commit.run();
  }

  /** Does nothing when SQLite already rolled back. */
  rollback(): void {
    if (this.#db.inTransaction) this.#control.rollback.run();
  }

  savepoint(): void {
    this.#control.save.run();
  }

  release(): void {
    this.#control.release.run();
  }

  /** Undoes the writes since `savepoint` and ends it. */
  undo(): void {
    this.#control.undo.run();
    this.#control.release.run();
  }
}
