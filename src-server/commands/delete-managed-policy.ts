import { deleteManagedPolicyRow, listPolicyVersions } from '../db/tables/managed-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { type IamScope, type PolicyName, requireOwnPolicy } from './support/iam-scope.ts';

export interface DeleteManagedPolicyInput {
  readonly scope: IamScope;
  readonly policy: PolicyName;
}

/** Removes a managed policy that nobody carries and that has its default version alone. Throws NoSuchEntity, DeleteConflict, AccessDenied. */
export async function deleteManagedPolicy(tx: WriteTx, input: DeleteManagedPolicyInput): Promise<void> {
  const policy = await requireOwnPolicy(tx, input.scope, input.policy);
  if (policy.attachments + policy.boundaries > 0)
    throw new Failure('DeleteConflict', 'Cannot delete a policy attached to entities.');
  if ((await listPolicyVersions(tx, policy.id)).length > 1) {
    throw new Failure(
      'DeleteConflict',
      'This policy has more than one version. Before you delete a policy, you must delete the policy’s versions. The default version is deleted with the policy.',
    );
  }
  await deleteManagedPolicyRow(tx, policy.id);
}
