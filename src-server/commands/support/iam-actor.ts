import { findGroupByName, type IamGroupRow } from '../../db/tables/iam-group.ts';
import { findUserById, findUserByName, type IamUserRow, type UserScope } from '../../db/tables/iam-user.ts';
import type { HolderRef } from '../../db/tables/inline-policy.ts';
import type { ReadTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import { type IamRank, type IamTarget, isVisibleTo } from '../../domain/iam-visibility.ts';
import type { UserId } from '../../domain/ids.ts';
import type { NamedHolder } from '../put-holder-policy.ts';
import { requireActor } from './people.ts';

/** Who asks by IAM's API, whom `authorize` let do it. */
export interface IamActor {
  /** Of a role's session: who made the role. */
  readonly userId: UserId;
  readonly isRoleSession: boolean;
}

/** Who asks, as the catalogue knows them in this transaction. Throws AccessDenied where they are gone or disabled. */
export async function requireIamActor(tx: ReadTx, { userId, isRoleSession }: IamActor): Promise<IamRank> {
  const row = await requireActor(tx, userId);
  return {
    id: row.id,
    role: isRoleSession ? 'none' : row.role,
    tenantId: row.tenant_id,
    accountId: row.account_id,
    isRoleSession,
  };
}

/** A user whom the actor may see. Throws NoSuchEntity for a name that is free, root's or another account's: one to the asker. */
export async function requireVisibleUser(tx: ReadTx, actor: IamRank, name: string): Promise<IamUserRow> {
  const user = await findVisibleUser(tx, actor, name);
  if (user === undefined) throw noSuchIamUser(name);
  return user;
}

/** As `requireVisibleUser`, to change it: root is changed by its host only. */
export async function requireChangeableUser(tx: ReadTx, actor: IamRank, name: string): Promise<IamUserRow> {
  const user = await requireVisibleUser(tx, actor, name);
  if (user.role === 'root') throw new Failure('AccessDenied', 'root is changed by its host only');
  return user;
}

export async function findVisibleUser(tx: ReadTx, actor: IamRank, name: string): Promise<IamUserRow | undefined> {
  const user = await findUserByName(tx, name);
  return user !== undefined && isVisibleTo(actor, targetOf(user)) ? user : undefined;
}

/** The user with this id, where the actor may see it. */
export async function findVisibleUserById(tx: ReadTx, actor: IamRank, id: UserId): Promise<IamUserRow | undefined> {
  const user = await findUserById(tx, id);
  return user !== undefined && isVisibleTo(actor, targetOf(user)) ? user : undefined;
}

/** A group of the actor's account. Throws NoSuchEntity. */
export async function requireGroup(tx: ReadTx, { accountId }: IamRank, name: string): Promise<IamGroupRow> {
  const group = await findGroupByName(tx, accountId, name);
  if (group === undefined) throw noSuchGroup(name);
  return group;
}

/** What carries an inline policy that the actor may change. Throws NoSuchEntity, AccessDenied. */
export async function requireHolder(tx: ReadTx, actor: IamRank, { kind, name }: NamedHolder): Promise<HolderRef> {
  const { id } = kind === 'user' ? await requireChangeableUser(tx, actor, name) : await requireGroup(tx, actor, name);
  return { kind, id };
}

export function noSuchGroup(name: string): Failure {
  return new Failure('NoSuchEntity', `The group with name ${name} cannot be found.`);
}

/** Whose users a list shows: an operator's those of everybody. */
export function userScopeOf({ role, tenantId, accountId }: IamRank): UserScope {
  const isOperator = role === 'root' || (role === 'admin' && tenantId === null);
  return isOperator ? { kind: 'all' } : { kind: 'account', accountId };
}

export function noSuchIamUser(name: string): Failure {
  return new Failure('NoSuchEntity', `The user with name ${name} cannot be found.`);
}

function targetOf({ id, role, tenant_id, account_id, account_holder_id }: IamUserRow): IamTarget {
  return { id, role, tenantId: tenant_id, accountId: account_id, accountHolderId: account_holder_id };
}
