import {
  countManagedPolicies,
  findManagedPolicy,
  insertManagedPolicy,
  insertPolicyVersion,
} from '../db/tables/managed-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { type IamTags, MAX_MANAGED_POLICIES } from '../domain/iam-rules.ts';
import type { EpochMs } from '../domain/ids.ts';

export interface CreateManagedPolicyInput {
  readonly accountId: string;
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
  readonly description: string;
  /** Was read: it is a policy. */
  readonly document: string;
  readonly tags: IamTags;
  readonly nowMs: EpochMs;
}

/** Makes a managed policy with its first version. Throws EntityAlreadyExists, LimitExceeded. */
export async function createManagedPolicy(tx: WriteTx, input: CreateManagedPolicyInput): Promise<void> {
  const { accountId, name, nowMs } = input;
  if ((await findManagedPolicy(tx, accountId, name)) !== undefined) {
    throw new Failure(
      'EntityAlreadyExists',
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    );
  }
  if ((await countManagedPolicies(tx, accountId)) >= MAX_MANAGED_POLICIES)
    throw new Failure('LimitExceeded', `Cannot exceed quota for PoliciesPerAccount: ${MAX_MANAGED_POLICIES}`);
  const id = tx.nextId();
  await insertManagedPolicy(tx, {
    id,
    account_id: accountId,
    name,
    path: input.path,
    unique_id: input.uniqueId,
    description: input.description,
    default_version: 1,
    next_version: 2,
    tags: JSON.stringify(input.tags),
    created_ms: nowMs,
    updated_ms: nowMs,
  });
  await insertPolicyVersion(tx, { policy_id: id, version: 1, document: input.document, created_ms: nowMs });
}
