import type { SequenceId } from '../../domain/ids.ts';
import type { PolicyHolder } from '../../domain/policy-holder.ts';
import type { ReadTx } from '../tx.ts';

/** A policy that has a say over a holder: attached (its default version) or inline. */
export interface HeldPolicyRow {
  readonly holder_kind: PolicyHolder;
  readonly name: string;
  readonly document: string;
}

const ATTACHED = `SELECT a.holder_kind, p.name, v.document FROM attached_policy a
  JOIN managed_policy p ON p.id = a.policy_id
  JOIN policy_version v ON v.policy_id = p.id AND v.version = p.default_version`;
const INLINE = 'SELECT i.holder_kind, i.name, i.document FROM inline_policy i';
const GROUPS_OF_USER = 'SELECT group_id FROM group_member WHERE user_id = ?';

/** Every policy of a user: its own and those of its groups. */
export async function listPoliciesOfUser(tx: ReadTx, userId: SequenceId): Promise<HeldPolicyRow[]> {
  return tx.all<HeldPolicyRow>(
    `${ATTACHED} WHERE a.holder_kind = 'user' AND a.holder_id = ?
     UNION ALL ${INLINE} WHERE i.holder_kind = 'user' AND i.holder_id = ?
     UNION ALL ${ATTACHED} WHERE a.holder_kind = 'group' AND a.holder_id IN (${GROUPS_OF_USER})
     UNION ALL ${INLINE} WHERE i.holder_kind = 'group' AND i.holder_id IN (${GROUPS_OF_USER})`,
    userId,
    userId,
    userId,
    userId,
  );
}

/** Every policy of a role. */
export async function listPoliciesOfRole(tx: ReadTx, roleId: SequenceId): Promise<HeldPolicyRow[]> {
  return tx.all<HeldPolicyRow>(
    `${ATTACHED} WHERE a.holder_kind = 'role' AND a.holder_id = ?
     UNION ALL ${INLINE} WHERE i.holder_kind = 'role' AND i.holder_id = ?`,
    roleId,
    roleId,
  );
}

/** The default version of a managed policy. */
export async function findDefaultDocument(
  tx: ReadTx,
  policyId: SequenceId,
): Promise<{ readonly name: string; readonly document: string } | undefined> {
  return tx.get(
    `SELECT p.name, v.document FROM managed_policy p
     JOIN policy_version v ON v.policy_id = p.id AND v.version = p.default_version WHERE p.id = ?`,
    policyId,
  );
}
