import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from './announce-people.ts';

/** Removes a user; their buckets go to `heirName`. Throws AccessDenied, NoSuchEntity, DeleteConflict, InvalidArgument. */
export async function deletePerson(
  context: ServiceContext,
  caller: UserIdentity,
  name: string,
  heirName: string | undefined,
): Promise<void> {
  announcePeople(context, await context.engine.submit('delete-user', { actorId: caller.userId, name, heirName }));
}
