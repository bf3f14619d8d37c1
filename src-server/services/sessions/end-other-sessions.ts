import type { UserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** Ends all of a user's sessions but this one, before this resolves. */
export async function endOtherSessions(context: ServiceContext, userId: UserId, keptId: string): Promise<void> {
  await context.engine.submit('close-other-sessions', { userId, keptId });
  context.events.publish({ kind: 'account' }, { userId });
}
