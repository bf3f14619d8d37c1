import { postPasswordLinkUse, useLinkSchema } from '../../../contract/password-links.ts';
import { usePasswordLink } from '../../../services/people/use-password-link.ts';
import { ConsoleError, type Endpoint } from '../../endpoint.ts';

export const postPasswordLinkUseEndpoint: Endpoint = {
  route: postPasswordLinkUse,
  handle: async (context, _facts, { body, client, log }) => {
    const { token, password } = useLinkSchema.parse(body);
    const userName = await usePasswordLink(context, token, password);
    if (userName === undefined)
      throw new ConsoleError(404, 'NoSuchLink', 'the link was used, replaced, or has run out');
    log.info({ user: userName, address: client.address }, 'a user chose a password by a link');
    return { status: 200, body: { userName } };
  },
};
