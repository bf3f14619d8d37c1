import { insertPolicyVersion, listPolicyVersions, updateManagedPolicy } from '../db/tables/managed-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { MAX_POLICY_VERSIONS } from '../domain/iam-rules.ts';
import type { EpochMs } from '../domain/ids.ts';
import { type IamScope, type PolicyName, requireOwnPolicy } from './support/iam-scope.ts';

export interface CreatePolicyVersionInput {
  readonly scope: IamScope;
  readonly policy: PolicyName;
  /** Was read: it is a policy. */
  readonly document: string;
  readonly setAsDefault: boolean;
  readonly nowMs: EpochMs;
}

/** Adds a version to a managed policy; answers its number. Throws NoSuchEntity, LimitExceeded, AccessDenied. */
export async function createPolicyVersion(tx: WriteTx, input: CreatePolicyVersionInput): Promise<number> {
  const policy = await requireOwnPolicy(tx, input.scope, input.policy);
  if ((await listPolicyVersions(tx, policy.id)).length >= MAX_POLICY_VERSIONS) {
    throw new Failure(
      'LimitExceeded',
      `A managed policy can have up to ${MAX_POLICY_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  const version = policy.next_version;
  await insertPolicyVersion(tx, {
    policy_id: policy.id,
    version,
    document: input.document,
    created_ms: input.nowMs,
  });
  await updateManagedPolicy(tx, {
    ...policy,
    default_version: input.setAsDefault ? version : policy.default_version,
    next_version: version + 1,
    updated_ms: input.nowMs,
  });
  return version;
}
