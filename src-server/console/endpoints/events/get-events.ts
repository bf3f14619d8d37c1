import { getEvents } from '../../../contract/events.ts';
import type { EventAudience } from '../../../observability/event-hub.ts';
import { isOperator } from '../../../services/access/is-operator.ts';
import type { UserIdentity } from '../../../services/identity.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getEventsEndpoint = sessionEndpoint(getEvents, async ({ events }, { session }) => ({
  status: 200,
  body: undefined,
  events: (send) => {
    send({ kind: 'hello' });
    return events.subscribe((event, audience) => {
      if (isFor(audience, session.identity)) send(event);
    });
  },
}));

function isFor(audience: EventAudience, identity: UserIdentity): boolean {
  if (audience === 'everybody') return true;
  if (audience === 'operators') return isOperator(identity);
  if (audience === 'admins') return identity.role === 'root' || identity.role === 'admin';
  if ('userId' in audience) return audience.userId === identity.userId;
  return isOperator(identity) || (identity.role === 'admin' && audience.adminsOf === identity.accountId);
}
