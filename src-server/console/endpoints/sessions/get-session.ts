import { getSession } from '../../../contract/sessions.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentSession } from '../../present-session.ts';

export const getSessionEndpoint = sessionEndpoint(getSession, async (_context, { session }) => ({
  status: 200,
  body: presentSession(session),
}));
