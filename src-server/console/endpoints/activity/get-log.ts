import { getLog } from '../../../contract/activity.ts';
import { requireOperator } from '../../../services/appliance/recent-requests.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getLogEndpoint = sessionEndpoint(getLog, async (context, { session }, { appliance }) => {
  await requireOperator(context, session.identity);
  return { status: 200, body: { lines: appliance.log.recent() } };
});
