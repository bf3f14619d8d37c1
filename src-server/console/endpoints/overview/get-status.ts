import { getStatus } from '../../../contract/overview.ts';
import { conditionOf } from '../../../services/appliance/attention.ts';
import { sessionEndpoint } from '../../endpoint.ts';

/** A word that concerns everybody who stores here; what is behind it is for who operates the appliance. */
export const getStatusEndpoint = sessionEndpoint(getStatus, async (context, _request, { appliance }) => {
  const atMs = context.now();
  const { status, attention } = await conditionOf(appliance, atMs);
  return { status: 200, body: { status, attention: attention.length, atMs } };
});
