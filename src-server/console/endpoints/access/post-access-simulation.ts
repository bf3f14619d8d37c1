import { postAccessSimulation, simulateAccessSchema } from '../../../contract/access.ts';
import { explainAccess } from '../../../services/access/explain-access.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { keyOfText } from '../../key-of-text.ts';
import { bucketOfPath } from '../../path-bucket.ts';
import { presentDecision } from '../../present-access.ts';

export const postAccessSimulationEndpoint = sessionEndpoint(
  postAccessSimulation,
  async (context, { session, body }) => {
    const { principal, action, bucket, key, resource, facts } = simulateAccessSchema.parse(body);
    const decision = await explainAccess(context, session.identity, {
      principal,
      action,
      bucket: bucket === undefined ? undefined : bucketOfPath({ bucket }),
      key: keyOfText(key),
      resource,
      facts,
    });
    return { status: 200, body: presentDecision(decision) };
  },
);
