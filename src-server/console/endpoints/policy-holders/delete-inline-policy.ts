import { deleteInlinePolicy } from '../../../contract/holder-policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { deleteInlinePolicy as removePolicy } from '../../../services/iam/delete-inline-policy.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { holderOf } from '../../path-holder.ts';

export const deleteInlinePolicyEndpoint = sessionEndpoint(
  deleteInlinePolicy,
  async (context, { session, params, log }) => {
    const holder = holderOf(params);
    const policy = params.policy ?? '';
    await removePolicy(context, session.identity, holder, policy);
    announcePolicies(context);
    log.info({ by: session.identity.name, holder, policy }, 'a policy was taken out of its holder');
    return { status: 204, body: undefined };
  },
);
