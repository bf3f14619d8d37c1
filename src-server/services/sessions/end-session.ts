import type { UserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** Ends one of a user's sessions, before this resolves; false where the user has none of this id. */
export async function endSession(context: ServiceContext, userId: UserId, id: string): Promise<boolean> {
  const isEnded = await context.engine.submit('close-session', { id, userId });
  if (isEnded) context.events.publish({ kind: 'account' }, { userId });
  return isEnded;
}
