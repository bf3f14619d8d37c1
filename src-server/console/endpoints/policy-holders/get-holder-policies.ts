import { getHolderPolicies } from '../../../contract/holder-policies.ts';
import { describeHolder } from '../../../services/iam/describe-holder.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { holderOf } from '../../path-holder.ts';

export const getHolderPoliciesEndpoint = sessionEndpoint(getHolderPolicies, async (context, { session, params }) => ({
  status: 200,
  body: await describeHolder(context, session.identity, holderOf(params)),
}));
