import { deleteSession } from '../../../contract/sessions.ts';
import { endSession } from '../../../services/sessions/end-session.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { noSessionCookie } from '../../session-cookie.ts';

export const deleteSessionEndpoint = sessionEndpoint(deleteSession, async (context, { session, client }) => {
  await endSession(context, session.identity.userId, session.id);
  return { status: 204, body: undefined, headers: { 'set-cookie': noSessionCookie(client.isSecure) } };
});
