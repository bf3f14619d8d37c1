import { getRequest } from '../../../contract/activity.ts';
import { recentRequests } from '../../../services/appliance/recent-requests.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';
import { presentRequest } from '../../present-activity.ts';

export const getRequestEndpoint = sessionEndpoint(getRequest, async (context, { session, params }) => {
  const requests = await recentRequests(context, session.identity);
  const found = requests.find(({ id }) => id === params['id']);
  if (found === undefined) throw new ConsoleError(404, 'NoSuchRequest', 'it is not among the last requests');
  return { status: 200, body: presentRequest(found) };
});
