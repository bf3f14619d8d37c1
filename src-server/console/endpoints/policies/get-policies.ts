import { getPolicies } from '../../../contract/policies.ts';
import { listPolicies } from '../../../services/iam/list-policies.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentPolicy } from '../../present-policy.ts';

export const getPoliciesEndpoint = sessionEndpoint(getPolicies, async (context, { session }) => {
  const policies = await listPolicies(context, session.identity, 'all');
  return { status: 200, body: { policies: policies.map(presentPolicy) } };
});
