import { lookAtLinkSchema, postPasswordLinkLook } from '../../../contract/password-links.ts';
import { lookAtPasswordLink } from '../../../services/people/use-password-link.ts';
import { ConsoleError, type Endpoint } from '../../endpoint.ts';

export const postPasswordLinkLookEndpoint: Endpoint = {
  route: postPasswordLinkLook,
  handle: async (context, _facts, { body }) => {
    const found = await lookAtPasswordLink(context, lookAtLinkSchema.parse(body).token);
    if (found === undefined) throw new ConsoleError(404, 'NoSuchLink', 'the link was used, replaced, or has run out');
    const { link, user } = found;
    return {
      status: 200,
      body: {
        userName: user.name,
        displayName: user.display_name,
        purpose: link.purpose,
        expiresAtMs: link.expires_ms,
      },
    };
  },
};
