import type { EpochMs, SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';

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
