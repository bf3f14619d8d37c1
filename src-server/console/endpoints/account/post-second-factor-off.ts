import { passwordAndCodeSchema, postSecondFactorOff } from '../../../contract/account.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { endSecondFactor } from '../../../services/account/second-factor.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { notProven } from '../../proof-errors.ts';

export const postSecondFactorOffEndpoint = sessionEndpoint(
  postSecondFactorOff,
  async (context, { session, body, client, log }) => {
    const { password, code } = passwordAndCodeSchema.parse(body);
    const { identity } = session;
    await authorize(context, { identity, iamAction: 'iam:DeactivateMFADevice' });
    const outcome = await endSecondFactor(context, identity, { password, code, address: client.address });
    if (outcome.kind !== 'ended') throw notProven(outcome);
    log.info({ user: identity.name }, 'a second factor was turned off');
    return { status: 204, body: undefined };
  },
);
