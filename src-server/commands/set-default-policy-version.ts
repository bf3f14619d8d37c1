import { findPolicyVersion, updateManagedPolicy } from '../db/tables/managed-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import type { DeletePolicyVersionInput } from './delete-policy-version.ts';
import { noSuchVersion, requireOwnPolicy } from './support/iam-scope.ts';

export type SetDefaultPolicyVersionInput = DeletePolicyVersionInput;

/** Makes a version of a policy the one that counts. Throws NoSuchEntity, AccessDenied. */
export async function setDefaultPolicyVersion(tx: WriteTx, input: SetDefaultPolicyVersionInput): Promise<void> {
  const policy = await requireOwnPolicy(tx, input.scope, input.policy);
  if ((await findPolicyVersion(tx, policy.id, input.version)) === undefined) throw noSuchVersion(input.version);
  await updateManagedPolicy(tx, { ...policy, default_version: input.version, updated_ms: input.nowMs });
}
