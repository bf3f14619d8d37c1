import { beginSecondFactorSchema, postSecondFactor } from '../../../contract/account.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { beginSecondFactor } from '../../../services/account/second-factor.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { notProven } from '../../proof-errors.ts';

export const postSecondFactorEndpoint = sessionEndpoint(
  postSecondFactor,
  async (context, { session, body, client }) => {
    const { password } = beginSecondFactorSchema.parse(body);
    const { identity } = session;
    await authorize(context, { identity, iamAction: 'iam:EnableMFADevice' });
    const outcome = await beginSecondFactor(context, identity, { password, address: client.address });
    if (outcome.kind !== 'begun') throw notProven(outcome);
    return { status: 201, body: { secret: outcome.secret, uri: outcome.uri } };
  },
);
