import type { LiveEvent } from '../../contract/events.ts';
import { findSessionById } from '../../db/tables/session.ts';
import type { EventAudience } from '../../observability/event-hub.ts';
import type { ServiceContext } from '../context.ts';
import type { ActiveSession } from './active-session.ts';
import { endOfSession } from './session-rules.ts';

/** For what no event tells: another process wrote to the catalogue, or the clock was set. */
const LOOK_EVERY_MS = 20_000;

/**
 * Calls `onEnd` once, as soon as the session is closed or has run out, or its user is suspended, gone or of another role.
 * Looks at the catalogue now, whenever something about the user is announced, and when the session would run out.
 *
 * @returns what ends the watch
 */
export function watchSession(
  context: ServiceContext,
  session: Pick<ActiveSession, 'id' | 'user'>,
  onEnd: () => void,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const stop = (): void => {
    isOver = true;
    clearTimeout(timer);
    unsubscribe();
  };
  const look = async (): Promise<void> => {
    const leftMs = await timeLeft(context, session);
    if (isOver) return;
    if (leftMs <= 0) {
      stop();
      onEnd();
      return;
    }
    clearTimeout(timer);
    timer = setTimeout(lookSafely, Math.min(leftMs, LOOK_EVERY_MS));
  };
  const lookSafely = (): void => {
    look().catch((error: unknown) => {
      context.log.warn({ err: error }, 'a session could not be looked at; its stream ends');
      if (isOver) return;
      stop();
      onEnd();
    });
  };
  const unsubscribe = context.events.subscribe((event, audience) => {
    if (isAbout(event, audience, session)) lookSafely();
  });
  lookSafely();
  return stop;
}

function isAbout({ kind }: LiveEvent, audience: EventAudience, { user }: Pick<ActiveSession, 'user'>): boolean {
  // A tenant may have been suspended.
  if (kind === 'tenants') return true;
  return kind === 'account' && typeof audience === 'object' && 'userId' in audience && audience.userId === user.userId;
}

/** How long the session may still be used as it was, ms; 0 where it may not. */
async function timeLeft(context: ServiceContext, { id, user }: Pick<ActiveSession, 'id' | 'user'>): Promise<number> {
  const found = await context.catalogue.read((tx) => findSessionById(tx, id));
  if (found === undefined || found.user.role !== user.role) return 0;
  return Math.max(0, endOfSession(found.session) - context.now());
}
