import type { Session } from '../contract/sessions.ts';
import type { ActiveSession } from '../services/sessions/active-session.ts';

/** A session as its holder is shown it. */
export function presentSession({ user, csrfToken, expiresAtMs }: ActiveSession): Session {
  return { userName: user.name, displayName: user.displayName, role: user.role, csrfToken, expiresAtMs };
}
