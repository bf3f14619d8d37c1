import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** A role of an account. `owner_id`: who made it; what its sessions make is theirs. */
export interface IamRoleRow {
  readonly id: SequenceId;
  readonly account_id: string;
  readonly name: string;
  readonly path: string;
  readonly unique_id: string;
  readonly owner_id: UserId;
  readonly trust_policy: string;
  readonly description: string;
  readonly max_session_seconds: number;
  readonly boundary_policy_id: SequenceId | null;
  readonly tags: string | null;
  readonly created_ms: EpochMs;
}

/** The role with this id. */
export async function findRoleById(tx: ReadTx, id: SequenceId): Promise<IamRoleRow | undefined> {
  return tx.get<IamRoleRow>('SELECT * FROM iam_role WHERE id = ?', id);
}

/** The role of this name in an account. */
export async function findRoleByName(tx: ReadTx, accountId: string, name: string): Promise<IamRoleRow | undefined> {
  return tx.get<IamRoleRow>('SELECT * FROM iam_role WHERE account_id = ? AND name = ?', accountId, name);
}

/** The roles of an account, by name. */
export async function listRoles(tx: ReadTx, accountId: string): Promise<IamRoleRow[]> {
  return tx.all<IamRoleRow>('SELECT * FROM iam_role WHERE account_id = ? ORDER BY name', accountId);
}

/** Every role of the install, by account and name. */
export async function listAllRoles(tx: ReadTx): Promise<IamRoleRow[]> {
  return tx.all<IamRoleRow>('SELECT * FROM iam_role ORDER BY account_id, name');
}

/** How many roles an account has. */
export async function countRoles(tx: ReadTx, accountId: string): Promise<number> {
  const sql = 'SELECT count(*) AS found FROM iam_role WHERE account_id = ?';
  return (await tx.get<{ found: number }>(sql, accountId))?.found ?? 0;
}

/** Adds a role; its name is free. */
export async function insertRole(tx: WriteTx, row: IamRoleRow): Promise<void> {
  await tx.run(
    `INSERT INTO iam_role (id, account_id, name, path, unique_id, owner_id, trust_policy, description,
       max_session_seconds, boundary_policy_id, tags, created_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.account_id,
    row.name,
    row.path,
    row.unique_id,
    row.owner_id,
    row.trust_policy,
    row.description,
    row.max_session_seconds,
    row.boundary_policy_id,
    row.tags,
    row.created_ms,
  );
}

/** Overwrites what may change of a role. */
export async function updateRole(
  tx: WriteTx,
  row: Pick<IamRoleRow, 'id' | 'trust_policy' | 'description' | 'max_session_seconds' | 'tags'>,
): Promise<void> {
  await tx.run(
    'UPDATE iam_role SET trust_policy = ?, description = ?, max_session_seconds = ?, tags = ? WHERE id = ?',
    row.trust_policy,
    row.description,
    row.max_session_seconds,
    row.tags,
    row.id,
  );
}

/** Removes a role; what refers to it is gone before. */
export async function deleteRoleRow(tx: WriteTx, id: SequenceId): Promise<void> {
  await tx.run('DELETE FROM iam_role WHERE id = ?', id);
}
