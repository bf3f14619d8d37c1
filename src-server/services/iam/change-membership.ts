import type { ServiceContext } from '../context.ts';
import { announcePeople } from '../people/announce-people.ts';
import { actorOf, askAboutGroup, type IamCaller } from './ask.ts';

/** Puts a user into a group or takes one out. Throws AccessDenied, NoSuchEntity, LimitExceeded. */
export async function changeMembership(
  context: ServiceContext,
  identity: IamCaller,
  { groupName, userName }: { readonly groupName: string; readonly userName: string },
  change: 'add' | 'remove',
): Promise<void> {
  // The group is the resource of both (service authorization reference, "Actions defined by AWS IAM").
  const action = change === 'add' ? 'iam:AddUserToGroup' : 'iam:RemoveUserFromGroup';
  await askAboutGroup(context, identity, action, groupName);
  const command = change === 'add' ? 'add-group-member' : 'remove-group-member';
  announcePeople(context, await context.engine.submit(command, { actor: actorOf(identity), groupName, userName }));
}
