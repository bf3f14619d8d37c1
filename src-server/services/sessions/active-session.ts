import type { SignedInRow } from '../../db/tables/session.ts';
import { identityOf } from '../access/user-identity.ts';
import type { UserIdentity } from '../identity.ts';
import { endOfSession } from './session-rules.ts';
import { csrfTokenOf } from './session-token.ts';

/** A session that may be used now. */
export interface ActiveSession {
  readonly id: string;
  /** Whose it is; the console brands it, since the cookie proved it. */
  readonly user: UserIdentity;
  readonly csrfToken: string;
  /** Unless it is used before. */
  readonly expiresAtMs: number;
}

/** What is known of a session to who holds its token. */
export function toActiveSession({ session, user }: SignedInRow, token: string): ActiveSession {
  return {
    id: session.id,
    user: identityOf(user, null),
    csrfToken: csrfTokenOf(token),
    expiresAtMs: endOfSession(session),
  };
}
