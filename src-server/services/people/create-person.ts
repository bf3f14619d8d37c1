import { newAccountIds } from '../access/new-credentials.ts';
import { hashPassword } from '../access/password.ts';
import type { ServiceContext } from '../context.ts';
import type { UserIdentity } from '../identity.ts';
import { announcePeople } from './announce-people.ts';
import { newPasswordLink, type PasswordLink } from './password-link.ts';

export interface CreatePersonRequest {
  readonly name: string;
  readonly displayName: string | null;
  readonly email: string | null;
  readonly role: 'admin' | 'user' | 'readonly' | 'none';
  readonly tenant: string | undefined;
  /** Undefined: they are given a link to choose one. */
  readonly password: string | undefined;
}

/** Adds a user; answers the link that they are to be sent, where they were given no password. Throws as `create-user`. */
export async function createPerson(
  context: ServiceContext,
  caller: UserIdentity,
  { password, ...facts }: CreatePersonRequest,
): Promise<PasswordLink | null> {
  const nowMs = context.now();
  const { token, tokenHash, expiresAtMs } = newPasswordLink(nowMs);
  const userId = await context.engine.submit('create-user', {
    actorId: caller.userId,
    ...facts,
    entry:
      password === undefined
        ? { kind: 'link', tokenHash, expiresMs: expiresAtMs }
        : { kind: 'password', passwordHash: await hashPassword(password) },
    fresh: newAccountIds(),
    nowMs,
  });
  announcePeople(context, userId);
  return password === undefined ? { token, expiresAtMs } : null;
}
