import { attachPolicySchema, deleteAttachedPolicy } from '../../../contract/holder-policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { detachPolicy } from '../../../services/iam/detach-policy.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { holderOf } from '../../path-holder.ts';

export const deleteAttachedPolicyEndpoint = sessionEndpoint(
  deleteAttachedPolicy,
  async (context, { session, params, query, log }) => {
    const { arn } = attachPolicySchema.parse(query);
    const holder = holderOf(params);
    await detachPolicy(context, session.identity, holder, arn);
    announcePolicies(context);
    log.info({ by: session.identity.name, holder, arn }, 'a policy was detached');
    return { status: 204, body: undefined };
  },
);
