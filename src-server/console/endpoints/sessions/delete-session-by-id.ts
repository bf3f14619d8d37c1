import { deleteSessionById } from '../../../contract/sessions.ts';
import { endSession } from '../../../services/sessions/end-session.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';

export const deleteSessionByIdEndpoint = sessionEndpoint(deleteSessionById, async (context, { session, params }) => {
  const ended = await endSession(context, session.identity.userId, params.id ?? '');
  if (!ended) throw new ConsoleError(404, 'NoSuchSession', 'you have no such session');
  return { status: 204, body: undefined };
});
