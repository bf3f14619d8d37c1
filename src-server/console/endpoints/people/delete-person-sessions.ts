import { deletePersonSessions } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { closeSessionsOf } from '../../../services/people/close-sessions-of.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deletePersonSessionsEndpoint = sessionEndpoint(
  deletePersonSessions,
  async (context, { session, params, log }) => {
    const { identity } = session;
    const user = params.name ?? '';
    await authorize(context, { identity, iamAction: 'iam:UpdateUser' });
    await closeSessionsOf(context, identity, user);
    log.info({ by: identity.name, user }, 'the sessions of a user were ended');
    return { status: 204, body: undefined };
  },
);
