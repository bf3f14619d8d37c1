import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from './announce-people.ts';
import { newPasswordLink, type PasswordLink } from './password-link.ts';

/** Makes a link with which somebody else chooses a password; one that stood before ends. Throws AccessDenied, NoSuchEntity, InvalidArgument. */
export async function makePasswordLink(
  context: ServiceContext,
  caller: UserIdentity,
  name: string,
): Promise<PasswordLink> {
  const nowMs = context.now();
  const { token, tokenHash, expiresAtMs } = newPasswordLink(nowMs);
  const input = { actorId: caller.userId, name, tokenHash, expiresMs: expiresAtMs, nowMs };
  announcePeople(context, await context.engine.submit('put-password-link', input));
  return { token, expiresAtMs };
}
