import { getPolicy } from '../../../contract/policies.ts';
import { findPolicy } from '../../../services/iam/find-policy.ts';
import { listEntitiesOfPolicy } from '../../../services/iam/list-policy-entities.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentPolicy } from '../../present-policy.ts';

export const getPolicyEndpoint = sessionEndpoint(getPolicy, async (context, { session: { identity }, params }) => {
  const arn = params.arn ?? '';
  const { policy, versions } = await findPolicy(context, identity, 'GetPolicyVersion', arn);
  const attached = await listEntitiesOfPolicy(context, identity, arn, 'attached');
  const bounded = await listEntitiesOfPolicy(context, identity, arn, 'boundary');
  return {
    status: 200,
    body: {
      policy: presentPolicy(policy),
      versions: versions.map(({ version, document, created_ms: createdAtMs }) => ({ version, document, createdAtMs })),
      usedBy: [
        ...attached.map(({ kind, name }) => ({ kind, name, asBoundary: false })),
        ...bounded.map(({ kind, name }) => ({ kind, name, asBoundary: true })),
      ],
    },
  };
});
