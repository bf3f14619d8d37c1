import { getSessions } from '../../../contract/sessions.ts';
import { listSessions } from '../../../services/sessions/list-sessions.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getSessionsEndpoint = sessionEndpoint(getSessions, async (context, { session }) => {
  const rows = await listSessions(context, session.identity.userId);
  const sessions = rows.map((row) => ({
    id: row.id,
    isCurrent: row.id === session.id,
    createdAtMs: row.created_ms,
    lastUsedAtMs: row.used_ms,
    address: row.address,
    client: row.client,
  }));
  return { status: 200, body: { sessions } };
});
