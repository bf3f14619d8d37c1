import { postPasswordLink } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { makePasswordLink } from '../../../services/people/make-password-link.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const postPasswordLinkEndpoint = sessionEndpoint(postPasswordLink, async (context, { session, params, log }) => {
  const { identity } = session;
  const user = params.name ?? '';
  await authorize(context, { identity, iamAction: 'iam:UpdateLoginProfile' });
  const { token, expiresAtMs } = await makePasswordLink(context, identity, user);
  log.info({ by: identity.name, user }, 'a link to choose a password was made');
  return { status: 201, body: { token, expiresAtMs } };
});
