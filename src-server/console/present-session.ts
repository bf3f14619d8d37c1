import type { Session } from '../contract/sessions.ts';
import type { ActiveSession } from '../services/sessions/active-session.ts';

/** A session as its holder is shown it. */
export function presentSession({ user, csrfToken, expiresAtMs }: ActiveSession): Session {
  // Roles of IAM have no password, so they never get here.
  if (user.session !== undefined) throw new Error('a session of a role is not one of the console');
  return { userName: user.name, displayName: user.displayName, role: user.role, csrfToken, expiresAtMs };
}
