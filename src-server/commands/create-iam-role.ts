import { countRoles, findRoleByName, insertRole } from '../db/tables/iam-role.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { type IamTags, MAX_ROLES } from '../domain/iam-rules.ts';
import type { EpochMs, UserId } from '../domain/ids.ts';
import { type IamScope, type PolicyName, requirePolicy } from './support/iam-scope.ts';
import { requireActor } from './support/people.ts';

export interface CreateIamRoleInput {
  readonly scope: IamScope;
  /** Who makes it: what its sessions make is theirs. */
  readonly actorId: UserId;
  readonly name: string;
  readonly path: string;
  readonly uniqueId: string;
  /** Was read: it is a trust policy. */
  readonly trustPolicy: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly boundary: PolicyName | undefined;
  readonly tags: IamTags;
  readonly nowMs: EpochMs;
}

/** Makes a role. Throws AccessDenied, EntityAlreadyExists, LimitExceeded, NoSuchEntity for its boundary. */
export async function createIamRole(tx: WriteTx, input: CreateIamRoleInput): Promise<void> {
  const { scope, name } = input;
  const owner = await requireActor(tx, input.actorId);
  if ((await findRoleByName(tx, scope.accountId, name)) !== undefined)
    throw new Failure('EntityAlreadyExists', `Role with name ${name} already exists.`);
  if ((await countRoles(tx, scope.accountId)) >= MAX_ROLES)
    throw new Failure('LimitExceeded', `Cannot exceed quota for RolesPerAccount: ${MAX_ROLES}`);
  const boundary = input.boundary === undefined ? undefined : await requirePolicy(tx, scope, input.boundary);
  await insertRole(tx, {
    id: tx.nextId(),
    account_id: scope.accountId,
    name,
    path: input.path,
    unique_id: input.uniqueId,
    owner_id: owner.id,
    trust_policy: input.trustPolicy,
    description: input.description,
    max_session_seconds: input.maxSessionSeconds,
    boundary_policy_id: boundary?.id ?? null,
    tags: JSON.stringify(input.tags),
    created_ms: input.nowMs,
  });
}
