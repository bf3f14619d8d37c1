import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announceKeys } from './announce-keys.ts';

/** Removes a key; it is refused from the next request on. Throws AccessDenied, NoSuchEntity. */
export async function deleteKey(context: ServiceContext, caller: UserIdentity, accessKeyId: string): Promise<void> {
  const holderId = await context.engine.submit('delete-access-key', { actorId: caller.userId, accessKeyId });
  announceKeys(context, holderId);
}
