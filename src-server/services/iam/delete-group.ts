import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { actorOf, askAboutGroup, type IamCaller } from './ask.ts';

/** Removes an empty group. Throws AccessDenied, NoSuchEntity, DeleteConflict. */
export async function deleteGroup(context: ServiceContext, identity: IamCaller, groupName: string): Promise<void> {
  const { name } = await askAboutGroup(context, identity, 'iam:DeleteGroup', groupName);
  await context.engine.submit('delete-group', { actor: actorOf(identity), name });
  announcePolicies(context);
}
