import { deletePolicy } from '../../../contract/policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { deletePolicy as removePolicy } from '../../../services/iam/delete-policy.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deletePolicyEndpoint = sessionEndpoint(deletePolicy, async (context, { session, params, log }) => {
  const arn = params.arn ?? '';
  await removePolicy(context, session.identity, arn);
  announcePolicies(context);
  log.info({ by: session.identity.name, arn }, 'a policy was deleted');
  return { status: 204, body: undefined };
});
