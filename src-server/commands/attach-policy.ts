import { insertAttachedPolicy, listAttachedPolicies } from '../db/tables/attached-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { MAX_ATTACHED_POLICIES } from '../domain/iam-rules.ts';
import { type HolderName, type IamScope, type PolicyName, requireHolder, requirePolicy } from './support/iam-scope.ts';

export interface AttachPolicyInput {
  readonly scope: IamScope;
  readonly holder: HolderName;
  readonly policy: PolicyName;
}

/** Attaches a managed policy to a user, group or role; twice is once. Throws NoSuchEntity, LimitExceeded. */
export async function attachPolicy(tx: WriteTx, input: AttachPolicyInput): Promise<void> {
  const policy = await requirePolicy(tx, input.scope, input.policy);
  const holder = await requireHolder(tx, input.scope, input.holder);
  const attached = await listAttachedPolicies(tx, holder);
  if (attached.some(({ id }) => id === policy.id)) return;
  if (attached.length >= MAX_ATTACHED_POLICIES) {
    const quota = { user: 'PoliciesPerUser', group: 'PoliciesPerGroup', role: 'PoliciesPerRole' }[holder.kind];
    throw new Failure('LimitExceeded', `Cannot exceed quota for ${quota}: ${MAX_ATTACHED_POLICIES}`);
  }
  await insertAttachedPolicy(tx, holder, policy.id);
}
