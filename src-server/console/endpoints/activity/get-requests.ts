import { getRequests } from '../../../contract/activity.ts';
import { recentRequests } from '../../../services/appliance/recent-requests.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentRequest } from '../../present-activity.ts';

const SHOWN = 500;

export const getRequestsEndpoint = sessionEndpoint(getRequests, async (context, { session }, { s3Url }) => {
  const requests = await recentRequests(context, session.identity);
  const shown = requests.slice(0, SHOWN).map(presentRequest);
  return { status: 200, body: { requests: shown, region: context.config.region, endpoint: s3Url } };
});
