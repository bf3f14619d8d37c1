import type { SequenceId } from '../../domain/ids.ts';
import type { PolicyHolder } from '../../domain/policy-holder.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import type { HolderRef } from './inline-policy.ts';
import type { ManagedPolicyRow } from './managed-policy.ts';

/** The managed policies of a user, group or role, by name. */
export async function listAttachedPolicies(tx: ReadTx, { kind, id }: HolderRef): Promise<ManagedPolicyRow[]> {
  return tx.all<ManagedPolicyRow>(
    `SELECT p.* FROM attached_policy a JOIN managed_policy p ON p.id = a.policy_id
     WHERE a.holder_kind = ? AND a.holder_id = ? ORDER BY p.name, p.account_id`,
    kind,
    id,
  );
}

/** Attaches a policy that is not attached there. */
export async function insertAttachedPolicy(tx: WriteTx, { kind, id }: HolderRef, policyId: SequenceId): Promise<void> {
  await tx.run('INSERT INTO attached_policy (holder_kind, holder_id, policy_id) VALUES (?, ?, ?)', kind, id, policyId);
}

/** Detaches a policy; answers how many went. */
export async function deleteAttachedPolicy(
  tx: WriteTx,
  { kind, id }: HolderRef,
  policyId: SequenceId,
): Promise<number> {
  return tx.run(
    'DELETE FROM attached_policy WHERE holder_kind = ? AND holder_id = ? AND policy_id = ?',
    kind,
    id,
    policyId,
  );
}

/** Who carries a policy. */
export interface PolicyEntityRow {
  readonly kind: PolicyHolder;
  readonly name: string;
  readonly path: string;
  /** Canonical id of a user, unique id of a group or role. */
  readonly own_id: string;
}

const ATTACHED = `FROM attached_policy a JOIN`;
const OF_POLICY = 'WHERE a.policy_id = ?';

/** Everybody who carries a policy, by kind and name. */
export async function listPolicyEntities(tx: ReadTx, policyId: SequenceId): Promise<PolicyEntityRow[]> {
  return tx.all<PolicyEntityRow>(
    `SELECT 'group' AS kind, g.name, g.path, g.unique_id AS own_id
       ${ATTACHED} iam_group g ON a.holder_kind = 'group' AND g.id = a.holder_id ${OF_POLICY}
     UNION ALL SELECT 'role' AS kind, r.name, r.path, r.unique_id AS own_id
       ${ATTACHED} iam_role r ON a.holder_kind = 'role' AND r.id = a.holder_id ${OF_POLICY}
     UNION ALL SELECT 'user' AS kind, u.name, u.path, u.canonical_id AS own_id
       ${ATTACHED} iam_user u ON a.holder_kind = 'user' AND u.id = a.holder_id ${OF_POLICY}
     ORDER BY 1, 2`,
    policyId,
    policyId,
    policyId,
  );
}

/** Everybody whose boundary a policy is, by kind and name. */
export async function listBoundedEntities(tx: ReadTx, policyId: SequenceId): Promise<PolicyEntityRow[]> {
  return tx.all<PolicyEntityRow>(
    `SELECT 'role' AS kind, name, path, unique_id AS own_id FROM iam_role WHERE boundary_policy_id = ?
     UNION ALL SELECT 'user' AS kind, name, path, canonical_id AS own_id FROM iam_user WHERE boundary_policy_id = ?
     ORDER BY 1, 2`,
    policyId,
    policyId,
  );
}

/** A user, group or role that policies are put on. */
export interface HolderRow {
  readonly id: SequenceId;
  readonly account_id: string;
  readonly name: string;
  readonly path: string;
}

const FIND_HOLDER = {
  group: 'SELECT id, account_id, name, path FROM iam_group WHERE account_id = ? AND name = ?',
  role: 'SELECT id, account_id, name, path FROM iam_role WHERE account_id = ? AND name = ?',
} as const;

/** The group or role of this name in an account. */
export async function findHolder(
  tx: ReadTx,
  kind: 'group' | 'role',
  accountId: string,
  name: string,
): Promise<HolderRow | undefined> {
  return tx.get<HolderRow>(FIND_HOLDER[kind], accountId, name);
}

const SET_BOUNDARY = {
  user: 'UPDATE iam_user SET boundary_policy_id = ? WHERE id = ?',
  role: 'UPDATE iam_role SET boundary_policy_id = ? WHERE id = ?',
} as const;

/** Sets or lifts the boundary of a user or role. */
export async function setBoundary(
  tx: WriteTx,
  { kind, id }: { readonly kind: 'user' | 'role'; readonly id: SequenceId },
  policyId: SequenceId | null,
): Promise<void> {
  await tx.run(SET_BOUNDARY[kind], policyId, id);
}
