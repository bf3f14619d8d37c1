import { updateManagedPolicy } from '../db/tables/managed-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { changedTags, type IamTags, readIamTags } from '../domain/iam-rules.ts';
import { type IamScope, type PolicyName, requireOwnPolicy } from './support/iam-scope.ts';

export interface TagManagedPolicyInput {
  readonly scope: IamScope;
  readonly policy: PolicyName;
  readonly put: IamTags;
  /** Keys that go. */
  readonly removed: readonly string[];
}

/** Changes the tags of a managed policy. Throws NoSuchEntity, LimitExceeded, AccessDenied. */
export async function tagManagedPolicy(tx: WriteTx, input: TagManagedPolicyInput): Promise<void> {
  const policy = await requireOwnPolicy(tx, input.scope, input.policy);
  const tags = JSON.stringify(changedTags(readIamTags(policy.tags), input.put, input.removed));
  await updateManagedPolicy(tx, { ...policy, tags });
}
