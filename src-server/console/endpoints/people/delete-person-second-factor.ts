import { deletePersonSecondFactor } from '../../../contract/people.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { resetSecondFactor } from '../../../services/people/reset-second-factor.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deletePersonSecondFactorEndpoint = sessionEndpoint(
  deletePersonSecondFactor,
  async (context, { session, params, log }) => {
    const { identity } = session;
    const user = params.name ?? '';
    await authorize(context, { identity, iamAction: 'iam:ResyncMFADevice' });
    await resetSecondFactor(context, identity, user);
    log.warn({ by: identity.name, user }, 'the second factor of a user was reset');
    return { status: 204, body: undefined };
  },
);
