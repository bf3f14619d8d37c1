import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from './announce-people.ts';

/** Undefined fields stay as they are. */
export interface PersonChanges {
  readonly displayName: string | null | undefined;
  readonly email: string | null | undefined;
  readonly role: 'admin' | 'user' | 'readonly' | 'none' | undefined;
  readonly state: 'active' | 'disabled' | undefined;
}

/** Changes a user; who is disabled is out with this call. Throws AccessDenied, NoSuchEntity, DeleteConflict. */
export async function updatePerson(
  context: ServiceContext,
  caller: UserIdentity,
  name: string,
  changes: PersonChanges,
): Promise<void> {
  announcePeople(context, await context.engine.submit('update-user', { actorId: caller.userId, name, ...changes }));
}
