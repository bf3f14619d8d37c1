import { defaultVersionSchema, putDefaultPolicyVersion } from '../../../contract/policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { changePolicyVersion } from '../../../services/iam/change-policy-version.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const putDefaultPolicyVersionEndpoint = sessionEndpoint(
  putDefaultPolicyVersion,
  async (context, { session, params, body, log }) => {
    const { version } = defaultVersionSchema.parse(body);
    const about = { arn: params.arn ?? '', versionId: `v${version}` };
    await changePolicyVersion(context, session.identity, 'SetDefaultPolicyVersion', about);
    announcePolicies(context);
    log.info({ by: session.identity.name, ...about }, 'another version of a policy counts');
    return { status: 204, body: undefined };
  },
);
