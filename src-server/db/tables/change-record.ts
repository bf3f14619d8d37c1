import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** Values are JSON text, null where nothing was set. `actor_name` is the name the actor had then; `actor_id` null: the server. */
export interface ChangeRecordRow {
  readonly id: SequenceId;
  readonly scope: 'bucket' | 'setting';
  /** The bucket's id as text; `''` for settings of the install. */
  readonly target: string;
  readonly field: string;
  readonly before_value: string | null;
  readonly after_value: string | null;
  readonly actor_id: UserId | null;
  readonly actor_name: string;
  readonly access_key_id: string | null;
  readonly at_ms: EpochMs;
}

/** Adds a record. */
export async function insertChangeRecord(tx: WriteTx, row: ChangeRecordRow): Promise<void> {
  await tx.run(
    `INSERT INTO change_record
       (id, scope, target, field, before_value, after_value, actor_id, actor_name, access_key_id, at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.scope,
    row.target,
    row.field,
    row.before_value,
    row.after_value,
    row.actor_id,
    row.actor_name,
    row.access_key_id,
    row.at_ms,
  );
}

const FORGET_OLDEST = `DELETE FROM change_record WHERE scope = ? AND target = ? AND id <= (
  SELECT id FROM change_record WHERE scope = ? AND target = ? ORDER BY id DESC LIMIT 1 OFFSET ?)`;

/** Removes all but the newest `kept` records of a target. */
export async function forgetOldChanges(
  tx: WriteTx,
  { scope, target }: Pick<ChangeRecordRow, 'scope' | 'target'>,
  kept: number,
): Promise<void> {
  await tx.run(FORGET_OLDEST, scope, target, scope, target, BigInt(kept));
}

/** Removes all records of a target, in the command that removes it. */
export async function deleteChangesOf(
  tx: WriteTx,
  { scope, target }: Pick<ChangeRecordRow, 'scope' | 'target'>,
): Promise<void> {
  await tx.run('DELETE FROM change_record WHERE scope = ? AND target = ?', scope, target);
}

const LIST = 'SELECT * FROM change_record WHERE scope = ? AND target = ? AND id < ? ORDER BY id DESC LIMIT ?';

/** A page of a target's records, newest first, below (not with) an id. */
export async function listChanges(
  tx: ReadTx,
  { scope, target }: Pick<ChangeRecordRow, 'scope' | 'target'>,
  page: { readonly below: number; readonly limit: number },
): Promise<ChangeRecordRow[]> {
  return tx.all<ChangeRecordRow>(LIST, scope, target, page.below, BigInt(page.limit));
}

const LATEST = `SELECT * FROM change_record WHERE id IN (
  SELECT max(id) FROM change_record WHERE scope = ? AND target = ? GROUP BY field)`;

/** The newest record of each field of a target, whole. */
export async function latestChanges(
  tx: ReadTx,
  { scope, target }: Pick<ChangeRecordRow, 'scope' | 'target'>,
): Promise<ChangeRecordRow[]> {
  return tx.all<ChangeRecordRow>(LATEST, scope, target);
}

/** One record. */
export async function findChange(tx: ReadTx, id: number): Promise<ChangeRecordRow | undefined> {
  return tx.get<ChangeRecordRow>('SELECT * FROM change_record WHERE id = ?', id);
}

const NEWEST = 'SELECT field, max(id) AS id FROM change_record WHERE scope = ? AND target = ? GROUP BY field';

/** The newest record of each field of a target. */
export async function newestChanges(
  tx: ReadTx,
  { scope, target }: Pick<ChangeRecordRow, 'scope' | 'target'>,
): Promise<ReadonlyMap<string, SequenceId>> {
  const rows = await tx.all<Pick<ChangeRecordRow, 'field' | 'id'>>(NEWEST, scope, target);
  return new Map(rows.map(({ field, id }) => [field, id]));
}
