import { findSessionByToken, type SessionRow } from '../../db/tables/session.ts';
import type { ServiceContext } from '../context.ts';
import { type ActiveSession, toActiveSession } from './active-session.ts';
import { endOfSession, SESSION_WRITE_BACK_MS } from './session-rules.ts';
import { hashSessionToken, isSessionToken } from './session-token.ts';

/**
 * The session of a token, asked of the catalogue each time: it ends at once when it is closed, has run out, or its user is
 * disabled. Now and then notes the use.
 *
 * @param address where the request comes from
 */
export async function resolveSession(
  context: ServiceContext,
  token: string,
  address: string,
): Promise<ActiveSession | undefined> {
  if (!isSessionToken(token)) return undefined;
  const found = await context.catalogue.read((tx) => findSessionByToken(tx, hashSessionToken(token)));
  const nowMs = context.now();
  if (found === undefined || nowMs >= endOfSession(found.session)) return undefined;
  if (nowMs - found.session.used_ms < SESSION_WRITE_BACK_MS) return toActiveSession(found, token);
  await noteUse(context, found.session.id, address);
  return toActiveSession({ ...found, session: { ...found.session, used_ms: nowMs } }, token);
}

/** Where the log takes no writes the console can still be read. */
async function noteUse(context: ServiceContext, id: SessionRow['id'], address: string): Promise<void> {
  try {
    await context.engine.submit('touch-session', { id, usedMs: context.now(), address });
  } catch (error) {
    context.log.debug({ err: error }, 'the use of a session could not be written back');
  }
}
