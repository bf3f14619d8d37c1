import { postJobRun } from '../../../contract/activity.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { ConsoleError, sessionEndpoint } from '../../endpoint.ts';

export const postJobRunEndpoint = sessionEndpoint(postJobRun, async (context, { session, params }, { appliance }) => {
  await authorize(context, { identity: session.identity, iamAction: 'stowage:RunJob' });
  if (!appliance.runJob(params['name'] ?? '')) throw new ConsoleError(404, 'NoSuchJob', 'there is no job of this name');
  return { status: 204, body: undefined };
});
