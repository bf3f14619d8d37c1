import type { ReadTx, SqlValue } from '../tx.ts';
import type { StatementCache } from './statement-cache.ts';

/** `ReadTx` over one connection. Whoever made it opened the transaction. */
export class SqliteReadTx implements ReadTx {
  readonly #statements: StatementCache;

  constructor(statements: StatementCache) {
    this.#statements = statements;
  }

  async get<T>(sql: string, ...parameters: SqlValue[]): Promise<T | undefined> {
    // The row type stands beside the statement in its table file.
    return this.#statements.get(sql).statement.get(...parameters) as T | undefined;
  }

  async all<T>(sql: string, ...parameters: SqlValue[]): Promise<T[]> {
    // As above.
    return this.#statements.get(sql).statement.all(...parameters) as T[];
  }
}
