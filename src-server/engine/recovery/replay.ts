import type { Migration } from '../../db/migrations/migration.ts';
import {
  applyMigration,
  MigrationChanged,
  migrationChecksum,
  migrationTo,
  schemaVersion,
} from '../../db/migrations/run-migrations.ts';
import { logStateUpdater } from '../../db/sqlite/log-state.ts';
import type { SqliteDatabase } from '../../db/sqlite/open-database.ts';
import { ReplayStatements } from '../../db/sqlite/replay-statements.ts';
import { WriteSession } from '../../db/sqlite/write-session.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import type { RecordPosition } from '../log/format.ts';
import type { LogRecord, LogWalker } from '../log/log-walker.ts';
import { positionOf } from '../log/record-decoder.ts';
import type { MigrationEntry } from '../log/record-encoder.ts';

/** A record does not do again what it did the first time. Everything before it is applied. */
export class ReplayFailed extends Error {
  override readonly name = 'ReplayFailed';
  readonly position: RecordPosition;

  constructor(position: RecordPosition, cause: unknown) {
    super(`record ${position.sequence} cannot be replayed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
    this.position = position;
  }
}

const GROUP_RECORDS = 256;
const GROUP_BYTES = 8 * 1024 * 1024;

/**
 * Applies every record that `walker` still has, several to a transaction, each time moving the log state with them. Replay
 * is the ordinary start, not the exception.
 *
 * @returns how many records were applied
 * @throws ReplayFailed; LogDamaged from the walker, after everything before the damage was applied
 */
export function replay(
  db: SqliteDatabase,
  walker: LogWalker,
  migrations: readonly Migration[],
  onApplied: (records: number) => void = () => undefined,
): number {
  const applier = new RecordApplier(db, migrations);
  let count = 0;
  let group: LogRecord[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (group.length === 0) return;
    const records = group;
    group = [];
    bytes = 0;
    applier.apply(records);
    count += records.length;
    onApplied(count);
    crashPoint('replayed');
  };
  try {
    for (let next = walker.next(); next !== undefined; next = walker.next()) {
      group.push(next);
      bytes += next.record.payload.length;
      if (group.length >= GROUP_RECORDS || bytes >= GROUP_BYTES) flush();
    }
  } finally {
    flush();
  }
  return count;
}

class RecordApplier {
  readonly #db: SqliteDatabase;
  readonly #migrations: readonly Migration[];
  readonly #session: WriteSession;
  readonly #statements: ReplayStatements;
  readonly #updateState: ReturnType<typeof logStateUpdater>;

  constructor(db: SqliteDatabase, migrations: readonly Migration[]) {
    this.#db = db;
    this.#migrations = migrations;
    this.#session = new WriteSession(db);
    this.#statements = new ReplayStatements(db);
    this.#updateState = logStateUpdater(db);
  }

  /** All of them in one transaction, or all before the one that fails. */
  apply(records: readonly LogRecord[]): void {
    const failed = this.#tryApply(records);
    if (failed === undefined) return;
    const again = this.#tryApply(records.slice(0, failed.index));
    throw (again ?? failed).error;
  }

  #tryApply(records: readonly LogRecord[]): { index: number; error: ReplayFailed } | undefined {
    const last = records.at(-1);
    if (last === undefined) return undefined;
    try {
      this.#session.begin();
      const failed = this.#applyAll(records);
      if (failed === undefined) this.#finish(last.record);
      return failed;
    } catch (error) {
      // The catalogue took the writes but not the transaction.
      this.#session.rollback();
      throw new ReplayFailed(positionOf(last.record), error);
    }
  }

  #applyAll(records: readonly LogRecord[]): { index: number; error: ReplayFailed } | undefined {
    for (const [index, one] of records.entries()) {
      try {
        this.#applyOne(one);
      } catch (error) {
        this.#session.rollback();
        return { index, error: new ReplayFailed(positionOf(one.record), error) };
      }
    }
    return undefined;
  }

  #finish(record: LogRecord['record']): void {
    this.#updateState({
      epoch: record.epoch,
      appliedSequence: record.sequence,
      appliedCrc: record.batchCrc,
      syncedSequence: record.sequence,
      segment: record.segment,
      position: record.offset,
    });
    this.#session.commit();
  }

  #applyOne(one: LogRecord): void {
    if (one.kind === 'migration') {
      this.#migrate(one.migration);
      return;
    }
    for (const [index, entry] of one.entries.entries()) {
      const changes = this.#statements.run(entry.sql, entry.parameters);
      if (changes !== entry.changes) {
        throw new Error(`write ${index} changed ${changes} rows, not ${entry.changes}: ${entry.sql}`);
      }
    }
  }

  /** The frozen step of that number, if it is still the same (LOG.md 24). */
  #migrate(entry: MigrationEntry): void {
    const step = migrationTo(this.#migrations, entry.to);
    const at = schemaVersion(this.#db, this.#migrations);
    if (at !== entry.from) throw new MigrationChanged(`step ${entry.to} wants schema ${entry.from}, not ${at}`);
    if (migrationChecksum(step) !== entry.checksum) {
      throw new MigrationChanged(`step ${entry.to} is not the step that ran then`);
    }
    applyMigration(this.#db, step);
    this.#statements.forget();
  }
}
