import { findUserById, findUserByName, insertUser, listUsers, setIamColumns } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { ROOT_USER_NAME } from '../domain/account.ts';
import { Failure } from '../domain/failure.ts';
import type { IamTags } from '../domain/iam-rules.ts';
import { MAX_USERS } from '../domain/iam-visibility.ts';
import type { EpochMs, SequenceId, UserId } from '../domain/ids.ts';
import { type IamActor, requireIamActor } from './support/iam-actor.ts';

export interface CreateIamUserInput {
  readonly actor: IamActor;
  readonly name: string;
  readonly path: string;
  readonly tags: IamTags;
  readonly boundaryPolicyId: SequenceId | null;
  readonly canonicalId: string;
  readonly nowMs: EpochMs;
}

/**
 * Adds a user to the actor's account, who may nothing until a policy says so. Throws AccessDenied, EntityAlreadyExists (names are
 * unique in the install), LimitExceeded.
 */
export async function createIamUser(tx: WriteTx, input: CreateIamUserInput): Promise<UserId> {
  const actor = await requireIamActor(tx, input.actor);
  const isTaken = input.name === ROOT_USER_NAME || (await findUserByName(tx, input.name)) !== undefined;
  if (isTaken) throw new Failure('EntityAlreadyExists', `User with name ${input.name} already exists.`);
  const users = await listUsers(tx, { kind: 'account', accountId: actor.accountId }, '/');
  if (users.length >= MAX_USERS) throw new Failure('LimitExceeded', `Cannot exceed quota for Users: ${MAX_USERS}`);
  const holderId = (await findUserById(tx, actor.id))?.account_holder_id ?? actor.id;
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as UserId;
  await insertUser(tx, {
    id,
    name: input.name,
    tenant_id: actor.tenantId,
    account_id: actor.accountId,
    canonical_id: input.canonicalId,
    role: 'none',
    email: null,
    display_name: null,
    password_hash: null,
    state: 'active',
    created_ms: input.nowMs,
  });
  await setIamColumns(tx, id, {
    path: input.path,
    boundary_policy_id: input.boundaryPolicyId,
    tags: Object.keys(input.tags).length === 0 ? null : JSON.stringify(input.tags),
    account_holder_id: actor.tenantId === null ? holderId : null,
  });
  return id;
}
