import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from '../people/announce-people.ts';

/** Undefined fields stay as they are. */
export interface AccountChanges {
  readonly displayName: string | null | undefined;
  readonly email: string | null | undefined;
}

/** Changes what is one's own to change. Throws AccessDenied where the account is gone. */
export async function updateAccount(
  context: ServiceContext,
  caller: UserIdentity,
  changes: AccountChanges,
): Promise<void> {
  await context.engine.submit('update-account', { userId: caller.userId, ...changes });
  announcePeople(context, caller.userId);
}
