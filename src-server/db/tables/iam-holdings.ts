import type { SequenceId, UserId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import type { HolderRef } from './inline-policy.ts';

/** Is a managed policy attached to this holder? */
export async function hasAttachedPolicy(tx: ReadTx, { kind, id }: HolderRef): Promise<boolean> {
  const sql = 'SELECT policy_id FROM attached_policy WHERE holder_kind = ? AND holder_id = ? LIMIT 1';
  return (await tx.get(sql, kind, id)) !== undefined;
}

/** Is this managed policy attached to this holder? */
export async function isAttached(tx: ReadTx, { kind, id }: HolderRef, policyId: SequenceId): Promise<boolean> {
  const sql = 'SELECT policy_id FROM attached_policy WHERE holder_kind = ? AND holder_id = ? AND policy_id = ?';
  return (await tx.get(sql, kind, id, policyId)) !== undefined;
}

/** Attaches a managed policy that is not attached yet. */
export async function attachPolicy(tx: WriteTx, { kind, id }: HolderRef, policyId: SequenceId): Promise<void> {
  const sql = 'INSERT INTO attached_policy (holder_kind, holder_id, policy_id) VALUES (?, ?, ?)';
  await tx.run(sql, kind, id, policyId);
}

/** Detaches every managed policy from who goes. */
export async function detachPoliciesOf(tx: WriteTx, { kind, id }: HolderRef): Promise<void> {
  await tx.run('DELETE FROM attached_policy WHERE holder_kind = ? AND holder_id = ?', kind, id);
}

/** Did this user make roles that stand? */
export async function ownsRoles(tx: ReadTx, userId: UserId): Promise<boolean> {
  return (await tx.get('SELECT id FROM iam_role WHERE owner_id = ? LIMIT 1', userId)) !== undefined;
}

/** Ends the temporary credentials of a user. */
export async function deleteStsSessionsOf(tx: WriteTx, userId: UserId): Promise<void> {
  await tx.run('DELETE FROM sts_session WHERE user_id = ?', userId);
}

/** How much of IAM's things an account has. */
export interface AccountCounts {
  readonly groups: number;
  readonly roles: number;
  readonly policies: number;
  readonly versions: number;
}

/** Counts groups, roles, managed policies and their versions of an account. */
export async function countHoldings(tx: ReadTx, accountId: string): Promise<AccountCounts> {
  const row = await tx.get<AccountCounts>(
    `SELECT (SELECT count(*) FROM iam_group WHERE account_id = ?) AS groups,
       (SELECT count(*) FROM iam_role WHERE account_id = ?) AS roles,
       (SELECT count(*) FROM managed_policy WHERE account_id = ?) AS policies,
       (SELECT count(*) FROM policy_version v JOIN managed_policy p ON p.id = v.policy_id WHERE p.account_id = ?) AS versions`,
    accountId,
    accountId,
    accountId,
    accountId,
  );
  return row ?? { groups: 0, roles: 0, policies: 0, versions: 0 };
}
