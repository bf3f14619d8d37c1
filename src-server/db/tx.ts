import type { SequenceId } from '../domain/ids.ts';

/**
 * What may be bound to a statement. Integers that meet expressions inside SQL go as `bigint`
 * (better-sqlite3 binds every `number` as REAL). `undefined` and typed arrays other than Buffer are refused.
 */
export type SqlValue = null | number | bigint | string | Buffer;

/**
 * A consistent view of the catalogue. Statements are constants of `db/tables`, with `?` placeholders, in the subset that
 * SQLite and PostgreSQL share. A statement that writes is refused.
 *
 * `T` is the row type that stands beside the statement in its table file; integers come back as `number`
 * (all of ours stay below 2^53).
 */
export interface ReadTx {
  get<T>(sql: string, ...parameters: SqlValue[]): Promise<T | undefined>;
  all<T>(sql: string, ...parameters: SqlValue[]): Promise<T[]>;
}

/** The transaction of one command. Every write it makes is recorded and replayed, so its parameters must be deterministic data. */
export interface WriteTx extends ReadTx {
  /** Runs a writing statement and answers the number of rows it changed. */
  run(sql: string, ...parameters: SqlValue[]): Promise<number>;
  /** The next number of the catalogue's one ascending sequence. Not reused, except when the command fails. */
  nextId(): SequenceId;
}
