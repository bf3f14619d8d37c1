import type { SqlValue } from '../tx.ts';
import type { SqliteDatabase, SqliteStatement } from './open-database.ts';
import { StatementRefused } from './statement-rules.ts';

const ADMITTED = /^\s*(?:INSERT|UPDATE|DELETE)\b/i;

/** Runs recorded statements again, by their text. Only INSERT, UPDATE and DELETE are admitted (LOG.md 4). */
export class ReplayStatements {
  readonly #db: SqliteDatabase;
  readonly #byText = new Map<string, SqliteStatement>();

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  /** Answers how many rows changed. Throws StatementRefused, or the driver's error. */
  run(sql: string, parameters: readonly SqlValue[]): number {
    const statement = this.#byText.get(sql) ?? this.#prepare(sql);
    // RETURNING answers a row for each row changed; the driver's `run` refuses such statements.
    if (statement.reader) return statement.all(...parameters).length;
    return statement.run(...parameters).changes;
  }

  /** The schema changed: statements are prepared anew. */
  forget(): void {
    this.#byText.clear();
  }

  #prepare(sql: string): SqliteStatement {
    if (!ADMITTED.test(sql)) throw new StatementRefused(`a log may not run: ${sql}`);
    // The driver types `prepare` by its parameters; a record carries as many as there were.
    const statement = this.#db.prepare(sql) as SqliteStatement;
    if (statement.readonly) throw new StatementRefused(`a log may not run: ${sql}`);
    this.#byText.set(sql, statement);
    return statement;
  }
}
