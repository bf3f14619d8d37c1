import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from './announce-people.ts';

/** Ends all sessions of somebody else. Throws AccessDenied, NoSuchEntity. */
export async function closeSessionsOf(context: ServiceContext, caller: UserIdentity, name: string): Promise<void> {
  announcePeople(context, await context.engine.submit('close-sessions-of', { actorId: caller.userId, name }));
}
