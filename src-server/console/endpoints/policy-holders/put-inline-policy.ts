import { policyDocumentSchema, putInlinePolicy } from '../../../contract/holder-policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { putInlinePolicy as putPolicy } from '../../../services/iam/put-inline-policy.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { holderOf } from '../../path-holder.ts';

export const putInlinePolicyEndpoint = sessionEndpoint(
  putInlinePolicy,
  async (context, { session, params, body, log }) => {
    const { document } = policyDocumentSchema.parse(body);
    const holder = holderOf(params);
    const policyName = params.policy ?? '';
    await putPolicy(context, session.identity, holder, { policyName, document });
    announcePolicies(context);
    log.info({ by: session.identity.name, holder, policy: policyName }, 'a policy was written into its holder');
    return { status: 204, body: undefined };
  },
);
