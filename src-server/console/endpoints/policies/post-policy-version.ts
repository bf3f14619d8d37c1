import { createPolicyVersionSchema, postPolicyVersion } from '../../../contract/policies.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { createPolicyVersion } from '../../../services/iam/create-policy-version.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const postPolicyVersionEndpoint = sessionEndpoint(
  postPolicyVersion,
  async (context, { session, params, body, log }) => {
    const { document } = createPolicyVersionSchema.parse(body);
    const arn = params.arn ?? '';
    const { version } = await createPolicyVersion(context, session.identity, { arn, document, setAsDefault: true });
    announcePolicies(context);
    log.info({ by: session.identity.name, arn, version }, 'a policy was changed');
    return { status: 201, body: { version } };
  },
);
