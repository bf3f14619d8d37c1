import { deleteOtherSessions } from '../../../contract/account.ts';
import { endOtherSessions } from '../../../services/sessions/end-other-sessions.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deleteOtherSessionsEndpoint = sessionEndpoint(deleteOtherSessions, async (context, { session }) => {
  await endOtherSessions(context, session.identity.userId, session.id);
  return { status: 204, body: undefined };
});
