import { attachPolicySchema, postAttachedPolicy } from '../../../contract/holder-policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { attachPolicy } from '../../../services/iam/attach-policy.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { holderOf } from '../../path-holder.ts';

export const postAttachedPolicyEndpoint = sessionEndpoint(
  postAttachedPolicy,
  async (context, { session, params, body, log }) => {
    const { arn } = attachPolicySchema.parse(body);
    const holder = holderOf(params);
    await attachPolicy(context, session.identity, holder, arn);
    announcePolicies(context);
    log.info({ by: session.identity.name, holder, arn }, 'a policy was attached');
    return { status: 204, body: undefined };
  },
);
