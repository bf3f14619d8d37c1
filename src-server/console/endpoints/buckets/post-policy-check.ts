import { checkPolicySchema, postPolicyCheck } from '../../../contract/bucket-access.ts';
import { checkPolicyDraft } from '../../../services/buckets/check-policy-draft.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { bucketOfPath } from '../../path-bucket.ts';

export const postPolicyCheckEndpoint = sessionEndpoint(postPolicyCheck, async (context, { session, params, body }) => {
  const { policy } = checkPolicySchema.parse(body);
  const verdict = await checkPolicyDraft(context, session.identity, bucketOfPath(params), policy);
  return { status: 200, body: { problem: null, ...verdict } };
});
