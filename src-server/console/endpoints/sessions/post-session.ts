import { postSession, signInSchema } from '../../../contract/sessions.ts';
import { assertNever } from '../../../domain/assert-never.ts';
import { signIn } from '../../../services/sessions/sign-in.ts';
import { ConsoleError, type Endpoint } from '../../endpoint.ts';
import { presentSession } from '../../present-session.ts';
import { tooManyTries } from '../../proof-errors.ts';
import { sessionCookie } from '../../session-cookie.ts';

const MAX_CLIENT_LENGTH = 200;

export const postSessionEndpoint: Endpoint = {
  route: postSession,
  handle: async (context, _facts, { body, client, log }) => {
    const { name, password, code } = signInSchema.parse(body);
    const { address, isSecure } = client;
    const shown = client.userAgent.slice(0, MAX_CLIENT_LENGTH);
    const outcome = await signIn(context, { name, password, code, address, client: shown });
    switch (outcome.kind) {
      case 'signed-in':
        log.info({ name, address }, 'signed in');
        return {
          status: 201,
          body: presentSession(outcome.session),
          headers: { 'set-cookie': sessionCookie(outcome.token, isSecure) },
        };
      case 'wrong-credentials':
        log.warn({ address }, 'a sign-in failed');
        throw new ConsoleError(401, 'WrongCredentials', 'name, password or code is wrong');
      case 'code-needed':
        throw new ConsoleError(401, 'CodeNeeded', 'a code of the second factor is wanted too');
      case 'wait':
        throw tooManyTries(outcome.waitMs);
      default:
        return assertNever(outcome);
    }
  },
};
