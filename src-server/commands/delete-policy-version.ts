import { deletePolicyVersionRow, findPolicyVersion, updateManagedPolicy } from '../db/tables/managed-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs } from '../domain/ids.ts';
import { type IamScope, noSuchVersion, type PolicyName, requireOwnPolicy } from './support/iam-scope.ts';

export interface DeletePolicyVersionInput {
  readonly scope: IamScope;
  readonly policy: PolicyName;
  readonly version: number;
  readonly nowMs: EpochMs;
}

/** Removes a version that is not the default one. Throws NoSuchEntity, DeleteConflict, AccessDenied. */
export async function deletePolicyVersion(tx: WriteTx, input: DeletePolicyVersionInput): Promise<void> {
  const policy = await requireOwnPolicy(tx, input.scope, input.policy);
  if ((await findPolicyVersion(tx, policy.id, input.version)) === undefined) throw noSuchVersion(input.version);
  if (policy.default_version === input.version)
    throw new Failure('DeleteConflict', 'Cannot delete the default version of a policy.');
  await deletePolicyVersionRow(tx, policy.id, input.version);
  await updateManagedPolicy(tx, { ...policy, updated_ms: input.nowMs });
}
