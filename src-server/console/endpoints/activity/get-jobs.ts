import { getJobs } from '../../../contract/activity.ts';
import { requireOperator } from '../../../services/appliance/recent-requests.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentJob } from '../../present-activity.ts';

export const getJobsEndpoint = sessionEndpoint(getJobs, async (context, { session }, { appliance }) => {
  await requireOperator(context, session.identity);
  return { status: 200, body: { jobs: appliance.jobs().map(presentJob) } };
});
