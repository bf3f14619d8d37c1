import { deleteMember, isMember } from '../db/tables/iam-group.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { UserId } from '../domain/ids.ts';
import type { GroupMemberInput } from './add-group-member.ts';
import { requireChangeableUser, requireGroup, requireIamActor } from './support/iam-actor.ts';

/** Takes a user out of a group. Throws AccessDenied; NoSuchEntity also for who is not in it. */
export async function removeGroupMember(tx: WriteTx, input: GroupMemberInput): Promise<UserId> {
  const actor = await requireIamActor(tx, input.actor);
  const group = await requireGroup(tx, actor, input.groupName);
  const user = await requireChangeableUser(tx, actor, input.userName);
  if (!(await isMember(tx, group.id, user.id))) {
    throw new Failure('NoSuchEntity', `The user with name ${user.name} is not in the group ${group.name}.`);
  }
  await deleteMember(tx, group.id, user.id);
  return user.id;
}
