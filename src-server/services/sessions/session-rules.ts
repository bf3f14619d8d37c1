import type { SessionRow } from '../../db/tables/session.ts';

const HOUR_MS = 3_600_000;

/** A session that nobody used for so long has ended. */
export const SESSION_IDLE_MS = 12 * HOUR_MS;
/** A session ends so long after the sign-in, however much it is used. */
export const SESSION_LIFE_MS = 30 * 24 * HOUR_MS;
/** The last use is written back no more often: a page of the console asks many times a minute. */
export const SESSION_WRITE_BACK_MS = 300_000;

/** When the session ends if it is not used again. */
export function endOfSession({ used_ms, expires_ms }: Pick<SessionRow, 'used_ms' | 'expires_ms'>): number {
  return Math.min(used_ms + SESSION_IDLE_MS, expires_ms);
}
