import type { SequenceId } from '../../domain/ids.ts';
import type { SqlValue, WriteTx } from '../tx.ts';
import type { CachedStatement, StatementCache } from './statement-cache.ts';
import { StatementRefused } from './statement-rules.ts';

/** Told of each write that happened, before the caller of `run` goes on. Must copy what it keeps of `parameters`. */
export interface WriteRecorder {
  record(sql: string, parameters: readonly SqlValue[], changes: number, raisesGeneration: boolean): void;
}

export interface SequenceSource {
  nextId(): SequenceId;
}

/** `WriteTx` over the one writing connection: every statement that is not read-only is recorded, whichever method ran it. */
export class SqliteWriteTx implements WriteTx {
  readonly #statements: StatementCache;
  readonly #recorder: WriteRecorder;
  readonly #sequence: SequenceSource;

  constructor(statements: StatementCache, recorder: WriteRecorder, sequence: SequenceSource) {
    this.#statements = statements;
    this.#recorder = recorder;
    this.#sequence = sequence;
  }

  async get<T>(sql: string, ...parameters: SqlValue[]): Promise<T | undefined> {
    const cached = this.#statements.get(sql);
    // The row type stands beside the statement in its table file (both branches).
    if (!cached.writes) return cached.statement.get(...parameters) as T | undefined;
    return this.#writeReturning(cached, sql, parameters)[0] as T | undefined;
  }

  async all<T>(sql: string, ...parameters: SqlValue[]): Promise<T[]> {
    const cached = this.#statements.get(sql);
    // As above.
    if (!cached.writes) return cached.statement.all(...parameters) as T[];
    return this.#writeReturning(cached, sql, parameters) as T[];
  }

  async run(sql: string, ...parameters: SqlValue[]): Promise<number> {
    const cached = this.#statements.get(sql);
    if (!cached.writes) throw new StatementRefused(`run() of a reading statement: ${sql}`);
    checkParameters(parameters);
    const changes = cached.returnsRows
      ? cached.statement.all(...parameters).length
      : cached.statement.run(...parameters).changes;
    this.#recorder.record(sql, parameters, changes, cached.raisesGeneration);
    return changes;
  }

  nextId(): SequenceId {
    return this.#sequence.nextId();
  }

  /** RETURNING answers one row for each row changed, so its row count is the statement's `changes`. */
  #writeReturning(cached: CachedStatement, sql: string, parameters: readonly SqlValue[]): unknown[] {
    checkParameters(parameters);
    const rows = cached.statement.all(...parameters);
    this.#recorder.record(sql, parameters, rows.length, cached.raisesGeneration);
    return rows;
  }
}

/** Refuses what the driver would bind but the log could not tell apart again (LOG.md 5). */
function checkParameters(parameters: readonly SqlValue[]): void {
  for (const value of parameters) {
    const type = typeof value;
    if (type === 'number' || type === 'string' || type === 'bigint' || value === null || Buffer.isBuffer(value))
      continue;
    throw new StatementRefused(`a parameter of type ${type} cannot be recorded`);
  }
}
