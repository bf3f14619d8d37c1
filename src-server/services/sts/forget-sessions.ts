import { hasEndedSession } from '../../db/tables/sts-session.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** Long enough that who comes late with a session learns that it ended. */
const REMEMBERED_MS = 86_400_000;
const AT_ONCE = 1000;

/** Forgets sessions that ended a day ago, some of them; answers how many went. */
export async function forgetEndedSessions(context: ServiceContext): Promise<number> {
  // A time before a time is one.
  const endedMs = (context.now() - REMEMBERED_MS) as EpochMs;
  // A command that finds nothing would still be a commit.
  if (!(await context.catalogue.read((tx) => hasEndedSession(tx, endedMs)))) return 0;
  return context.engine.submit('forget-sts-sessions', { endedMs, limit: AT_ONCE });
}
