import { type AccessKeyRow, findAccessKey } from '../../db/tables/access-key.ts';
import {
  findActingUser,
  findClaimingAdmin,
  findUserById,
  findUserByName,
  type IamUserRow,
} from '../../db/tables/iam-user.ts';
import type { ReadTx, WriteTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { UserId } from '../../domain/ids.ts';
import { mayManage, type Ranked } from '../../domain/people-rules.ts';

/** Who asks, as the catalogue knows them in this very transaction. Throws AccessDenied where they are gone or disabled. */
export async function requireActor(tx: ReadTx, actorId: UserId): Promise<IamUserRow> {
  const actor = await findActingUser(tx, actorId);
  if (actor === undefined) throw new Failure('AccessDenied');
  return actor;
}

/** As `requireActor`, for what only those do who manage others. */
export async function requireAdmin(tx: WriteTx, actorId: UserId): Promise<IamUserRow> {
  const actor = await requireActor(tx, actorId);
  if (actor.role !== 'admin' && actor.role !== 'root') throw new Failure('AccessDenied');
  return actor;
}

/** As `requireAdmin`, for what only those do who run the install. */
export async function requireOperatorUser(tx: WriteTx, actorId: UserId): Promise<IamUserRow> {
  const actor = await requireAdmin(tx, actorId);
  if (actor.tenant_id !== null) throw new Failure('AccessDenied');
  return actor;
}

/** As `requireManaged`, and not the actor: nobody raises, disables or removes themselves. */
export async function requireOther(tx: WriteTx, actor: IamUserRow, name: string): Promise<IamUserRow> {
  const target = await requireManaged(tx, actor, name);
  if (target.id === actor.id) throw new Failure('AccessDenied', 'nobody does this to themselves; another admin can');
  return target;
}

/**
 * Asked after a change to an admin: somebody must be left who can sign in and manage the install. Throws DeleteConflict.
 *
 * @param before the user as they were
 */
export async function keepAnAdmin(tx: WriteTx, before: IamUserRow): Promise<void> {
  if (before.role !== 'admin' || before.tenant_id !== null) return;
  if ((await findClaimingAdmin(tx)) !== undefined) return;
  throw new Failure('DeleteConflict', 'this is the last admin of the install who can sign in');
}

/**
 * The user of a name, whom the actor may manage. Throws AccessDenied for who manages nobody; NoSuchEntity for a name that
 * is free, root's or another tenant's, which are one to the asker.
 */
export async function requireManaged(tx: WriteTx, actor: IamUserRow, name: string): Promise<IamUserRow> {
  if (actor.role !== 'admin' && actor.role !== 'root') throw new Failure('AccessDenied');
  const target = await findUserByName(tx, name);
  if (target === undefined || !mayManage(rankOf(actor), rankOf(target))) throw noSuchUser(name);
  return target;
}

/** A key of the actor's own, or of somebody whom the actor may manage. Throws NoSuchEntity for every other one. */
export async function requireKey(tx: WriteTx, actor: IamUserRow, accessKeyId: string): Promise<AccessKeyRow> {
  const key = await findAccessKey(tx, accessKeyId);
  const holder = key === undefined ? undefined : await findUserById(tx, key.user_id);
  const isAllowed = holder !== undefined && (holder.id === actor.id || mayManage(rankOf(actor), rankOf(holder)));
  if (key === undefined || !isAllowed) throw new Failure('NoSuchEntity', 'there is no such access key');
  return key;
}

export function noSuchUser(name: string): Failure {
  return new Failure('NoSuchEntity', 'there is no user of this name', { fields: { UserName: name } });
}

function rankOf({ id, role, tenant_id }: IamUserRow): Ranked {
  return { id, role, tenantId: tenant_id };
}
