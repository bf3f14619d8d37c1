import { deleteAttachedPolicy } from '../db/tables/attached-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { policyArn } from '../domain/arn-names.ts';
import { Failure } from '../domain/failure.ts';
import type { AttachPolicyInput } from './attach-policy.ts';
import { requireHolder, requirePolicy } from './support/iam-scope.ts';

export type DetachPolicyInput = AttachPolicyInput;

/** Detaches a managed policy from a user, group or role. Throws NoSuchEntity, also where it was not attached. */
export async function detachPolicy(tx: WriteTx, input: DetachPolicyInput): Promise<void> {
  const holder = await requireHolder(tx, input.scope, input.holder);
  const policy = await requirePolicy(tx, input.scope, input.policy);
  if ((await deleteAttachedPolicy(tx, holder, policy.id)) > 0) return;
  const { accountId, path, name } = input.policy;
  throw new Failure('NoSuchEntity', `Policy ${policyArn(accountId, path, name)} was not found.`);
}
