import type { SqliteDatabase, SqliteStatement } from './open-database.ts';
import { checkReadStatement, checkWriteStatement, raisesGeneration } from './statement-rules.ts';

/** A prepared statement with what the rules found out about it once. */
export interface CachedStatement {
  readonly statement: SqliteStatement;
  readonly writes: boolean;
  /** It answers rows: a SELECT, or a write with RETURNING. */
  readonly returnsRows: boolean;
  readonly raisesGeneration: boolean;
}

/**
 * Prepared statements of one connection by their text. Texts are constants of the table files, so their number is bounded
 * and a look-up is by identity.
 */
export class StatementCache {
  readonly #db: SqliteDatabase;
  readonly #mayWrite: boolean;
  readonly #byText = new Map<string, CachedStatement>();

  constructor(db: SqliteDatabase, mayWrite: boolean) {
    this.#db = db;
    this.#mayWrite = mayWrite;
  }

  /** @throws StatementRefused for what LOG.md 4 and 6 do not admit */
  get(sql: string): CachedStatement {
    return this.#byText.get(sql) ?? this.#prepare(sql);
  }

  #prepare(sql: string): CachedStatement {
    // The driver types `prepare` by its parameters; ours are checked where they are bound.
    const statement = this.#db.prepare(sql) as SqliteStatement;
    const writes = !statement.readonly;
    if (writes && this.#mayWrite) checkWriteStatement(sql);
    else checkReadStatement(sql, statement);
    const cached = {
      statement,
      writes,
      returnsRows: statement.reader,
      raisesGeneration: writes && raisesGeneration(sql),
    };
    this.#byText.set(sql, cached);
    return cached;
  }
}
