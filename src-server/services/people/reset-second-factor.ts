import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from './announce-people.ts';

/** Takes the second factor from somebody who lost it. Throws AccessDenied, NoSuchEntity. */
export async function resetSecondFactor(context: ServiceContext, caller: UserIdentity, name: string): Promise<void> {
  announcePeople(context, await context.engine.submit('reset-second-factor', { actorId: caller.userId, name }));
}
