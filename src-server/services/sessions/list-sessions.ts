import { listSessionsOf, type SessionRow } from '../../db/tables/session.ts';
import type { UserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { endOfSession } from './session-rules.ts';

/** A user's sessions that can still be used, the one used last first. */
export async function listSessions(context: ServiceContext, userId: UserId): Promise<SessionRow[]> {
  const rows = await context.catalogue.read((tx) => listSessionsOf(tx, userId));
  const nowMs = context.now();
  return rows.filter((row) => nowMs < endOfSession(row));
}
