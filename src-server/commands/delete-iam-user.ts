import { countAccessKeys } from '../db/tables/access-key.ts';
import { listGroupsOfUser } from '../db/tables/iam-group.ts';
import { hasAttachedPolicy } from '../db/tables/iam-holdings.ts';
import type { IamUserRow } from '../db/tables/iam-user.ts';
import { listInlinePolicies } from '../db/tables/inline-policy.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { UserId } from '../domain/ids.ts';
import { type IamActor, requireChangeableUser, requireIamActor } from './support/iam-actor.ts';
import { keepAnAdmin } from './support/people.ts';
import { removeUser, requireNothingOwned } from './support/remove-user.ts';

/**
 * Removes a user on whom nothing hangs any more, as on AWS. Throws AccessDenied, NoSuchEntity; DeleteConflict with what has to go first.
 */
export async function deleteIamUser(
  tx: WriteTx,
  { actor, name }: { readonly actor: IamActor; readonly name: string },
): Promise<UserId> {
  const user = await requireChangeableUser(tx, await requireIamActor(tx, actor), name);
  const first = await whatHangsOn(tx, user);
  if (first !== undefined) throw new Failure('DeleteConflict', `Cannot delete entity, must ${first} first.`);
  await requireNothingOwned(tx, user);
  await removeUser(tx, user);
  await keepAnAdmin(tx, user);
  return user.id;
}

async function whatHangsOn(tx: WriteTx, user: IamUserRow): Promise<string | undefined> {
  const holder = { kind: 'user', id: user.id } as const;
  if ((await countAccessKeys(tx, user.id)) > 0) return 'delete access keys';
  if (user.password_hash !== null) return 'delete login profile';
  if (await hasAttachedPolicy(tx, holder)) return 'detach all policies';
  if ((await listInlinePolicies(tx, holder)).length > 0) return 'delete policies';
  if ((await listGroupsOfUser(tx, user.id)).length > 0) return 'remove users from group';
  return undefined;
}
