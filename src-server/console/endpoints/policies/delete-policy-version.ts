import { deletePolicyVersion } from '../../../contract/policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { changePolicyVersion } from '../../../services/iam/change-policy-version.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deletePolicyVersionEndpoint = sessionEndpoint(
  deletePolicyVersion,
  async (context, { session, params, log }) => {
    const about = { arn: params.arn ?? '', versionId: `v${params.version ?? ''}` };
    await changePolicyVersion(context, session.identity, 'DeletePolicyVersion', about);
    announcePolicies(context);
    log.info({ by: session.identity.name, ...about }, 'a version of a policy was deleted');
    return { status: 204, body: undefined };
  },
);
