import { createPolicySchema, postPolicy } from '../../../contract/policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { createPolicy } from '../../../services/iam/create-policy.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentPolicy } from '../../present-policy.ts';

export const postPolicyEndpoint = sessionEndpoint(postPolicy, async (context, { session, body, log }) => {
  const { name, description, document } = createPolicySchema.parse(body);
  const made = await createPolicy(context, session.identity, { name, path: '/', description, document, tags: {} });
  announcePolicies(context);
  log.info({ by: session.identity.name, policy: name }, 'a policy was made');
  return { status: 201, body: { arn: presentPolicy(made).arn } };
});
