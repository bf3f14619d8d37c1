import type { ServiceContext } from '../context.ts';
import { announcePeople } from '../people/announce-people.ts';
import { actorOf, askAboutUser, type IamCaller } from './ask.ts';

/** Removes a user on whom nothing hangs. Throws AccessDenied, NoSuchEntity, DeleteConflict. */
export async function deleteIamUser(context: ServiceContext, identity: IamCaller, userName: string): Promise<void> {
  const { name } = await askAboutUser(context, identity, 'iam:DeleteUser', userName);
  announcePeople(context, await context.engine.submit('delete-iam-user', { actor: actorOf(identity), name }));
}
