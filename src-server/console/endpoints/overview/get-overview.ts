import { getOverview } from '../../../contract/overview.ts';
import { getOverview as readOverview } from '../../../services/appliance/get-overview.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentOverview } from '../../present-overview.ts';

export const getOverviewEndpoint = sessionEndpoint(getOverview, async (context, { session }, { appliance }) => {
  const overview = await readOverview(context, appliance, session.identity);
  return { status: 200, body: presentOverview(overview, appliance) };
});
