import { getEvents } from '../../../contract/events.ts';
import type { EventAudience } from '../../../observability/event-hub.ts';
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

function isFor(audience: EventAudience, { role, userId }: UserIdentity): boolean {
  if (audience === 'everybody') return true;
  if (audience === 'admins') return role === 'root' || role === 'admin';
  return audience.userId === userId;
}
