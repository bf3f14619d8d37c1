import type { SqliteDatabase } from './open-database.ts';

/** How far the catalogue has come in the log: its one row (LOG.md 14). Never recorded itself. */
export interface LogState {
  readonly logId: Buffer;
  readonly epoch: number;
  readonly appliedSequence: number;
  readonly appliedCrc: number;
  /** Highest sequence known to be synced when the row was written; equal to `appliedSequence` in strict mode. */
  readonly syncedSequence: number;
  readonly segment: number;
  /** Byte offset in the segment of the batch that was applied last. */
  readonly position: number;
}

interface Row {
  readonly log_id: Buffer;
  readonly epoch: number;
  readonly applied_seq: number;
  readonly applied_crc: number;
  readonly synced_seq: number;
  readonly segment: number;
  readonly position: number;
}

const FIND = `SELECT log_id, epoch, applied_seq, applied_crc, synced_seq, segment, position FROM log_state WHERE id = 1`;
const INSERT = `INSERT INTO log_state (id, log_id, epoch, applied_seq, applied_crc, synced_seq, segment, position)
  VALUES (1, ?, ?, ?, ?, ?, ?, ?)`;
const DELETE = `DELETE FROM log_state`;
const UPDATE = `UPDATE log_state
  SET epoch = ?, applied_seq = ?, applied_crc = ?, synced_seq = ?, segment = ?, position = ?
  WHERE id = 1`;

/** Undefined in a file that is no catalogue of ours, or one whose creation did not end. */
export function readLogState(db: SqliteDatabase): LogState | undefined {
  // The row type is the table's, above.
  const row = db.prepare(FIND).get() as Row | undefined;
  if (row === undefined) return undefined;
  return {
    logId: row.log_id,
    epoch: row.epoch,
    appliedSequence: row.applied_seq,
    appliedCrc: row.applied_crc,
    syncedSequence: row.synced_seq,
    segment: row.segment,
    position: row.position,
  };
}

export function insertLogState(db: SqliteDatabase, state: LogState): void {
  db.prepare(INSERT).run(
    state.logId,
    state.epoch,
    state.appliedSequence,
    state.appliedCrc,
    state.syncedSequence,
    state.segment,
    state.position,
  );
}

/** The catalogue belongs to another log from here on; in one transaction. */
export function replaceLogState(db: SqliteDatabase, state: LogState): void {
  db.transaction(() => {
    db.prepare(DELETE).run();
    insertLogState(db, state);
  })();
}

/** The statement that moves the row with each batch, prepared once. */
export function logStateUpdater(db: SqliteDatabase): (state: Omit<LogState, 'logId'>) => void {
  const update = db.prepare(UPDATE);
  return (state) => {
    update.run(
      state.epoch,
      state.appliedSequence,
      state.appliedCrc,
      state.syncedSequence,
      state.segment,
      state.position,
    );
  };
}

const LOG_COPIES = `SELECT d.uuid, c.name FROM container AS c
  JOIN replica AS r ON r.container_id = c.id JOIN disk AS d ON d.id = r.disk_id WHERE c.kind = 'log'`;

/** `disk uuid/file name` of each log segment that the catalogue knows as a container. */
export function knownLogSegments(db: SqliteDatabase): ReadonlySet<string> {
  // The row type is the statement's.
  const rows = db.prepare(LOG_COPIES).all() as { uuid: string; name: string }[];
  return new Set(rows.map((row) => `${row.uuid}/${row.name}`));
}
