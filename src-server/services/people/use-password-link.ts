import { findActingUser, type IamUserRow } from '../../db/tables/iam-user.ts';
import { findPasswordLink, type PasswordLinkRow } from '../../db/tables/password-link.ts';
import { hashPassword } from '../access/password.ts';
import type { ServiceContext } from '../context.ts';
import { announcePeople } from './announce-people.ts';
import { hashLinkToken, isLinkToken } from './password-link.ts';

/** A link that can be used now, and whose it is. */
export interface StandingLink {
  readonly link: PasswordLinkRow;
  readonly user: IamUserRow;
}

/** The link of a token; undefined for one that was used, replaced, has run out, or never was. */
export async function lookAtPasswordLink(context: ServiceContext, token: string): Promise<StandingLink | undefined> {
  if (!isLinkToken(token)) return undefined;
  const nowMs = context.now();
  return context.catalogue.read(async (tx) => {
    const link = await findPasswordLink(tx, hashLinkToken(token));
    if (link === undefined || link.expires_ms <= nowMs) return undefined;
    const user = await findActingUser(tx, link.user_id);
    return user !== undefined ? { link, user } : undefined;
  });
}

/** Sets the password of the link's user, once; answers their name. Nothing is hashed for a token that is not good. */
export async function usePasswordLink(
  context: ServiceContext,
  token: string,
  password: string,
): Promise<string | undefined> {
  const standing = await lookAtPasswordLink(context, token);
  if (standing === undefined) return undefined;
  const userId = await context.engine.submit('use-password-link', {
    tokenHash: hashLinkToken(token),
    passwordHash: await hashPassword(password),
    nowMs: context.now(),
  });
  if (userId === undefined) return undefined;
  announcePeople(context, userId);
  return standing.user.name;
}
