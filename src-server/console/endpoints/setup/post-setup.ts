import { postSetup, setupRequestSchema } from '../../../contract/setup.ts';
import { assertNever } from '../../../domain/assert-never.ts';
import { claimSetup } from '../../../services/access/claim-setup.ts';
import { ConsoleError, type Endpoint } from '../../endpoint.ts';

export const postSetupEndpoint: Endpoint = {
  route: postSetup,
  handle: async (context, _facts, { body, log }) => {
    const request = setupRequestSchema.parse(body);
    const outcome = await claimSetup(context, request);
    switch (outcome.kind) {
      case 'claimed':
        log.info({ name: request.name }, 'the install is claimed');
        return { status: 201, body: { name: request.name } };
      case 'already-claimed':
        throw new ConsoleError(409, 'AlreadyClaimed', 'the install is claimed already');
      case 'wrong-token':
        log.warn('a wrong setup token was sent');
        throw new ConsoleError(
          403,
          'WrongSetupToken',
          'the token is wrong; it stands in the file setup-token of the data dir',
        );
      case 'name-taken':
        throw new ConsoleError(400, 'NameTaken', 'another user has this name', 'name');
      default:
        return assertNever(outcome);
    }
  },
};
