import { insertMember, isMember, listGroupsOfUser } from '../db/tables/iam-group.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import { MAX_GROUPS_OF_USER } from '../domain/iam-visibility.ts';
import type { UserId } from '../domain/ids.ts';
import { type IamActor, requireChangeableUser, requireGroup, requireIamActor } from './support/iam-actor.ts';

export interface GroupMemberInput {
  readonly actor: IamActor;
  readonly groupName: string;
  readonly userName: string;
}

/** Puts a user into a group of the actor's account; who is in it stays so. Throws AccessDenied, NoSuchEntity, LimitExceeded. */
export async function addGroupMember(tx: WriteTx, input: GroupMemberInput): Promise<UserId> {
  const actor = await requireIamActor(tx, input.actor);
  const group = await requireGroup(tx, actor, input.groupName);
  const user = await requireChangeableUser(tx, actor, input.userName);
  if (await isMember(tx, group.id, user.id)) return user.id;
  if ((await listGroupsOfUser(tx, user.id)).length >= MAX_GROUPS_OF_USER) {
    throw new Failure('LimitExceeded', `Cannot exceed quota for GroupsPerUser: ${MAX_GROUPS_OF_USER}`);
  }
  await insertMember(tx, group.id, user.id);
  return user.id;
}
