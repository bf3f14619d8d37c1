import { passwordAndCodeSchema, postRecoveryCodes } from '../../../contract/account.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { renewRecoveryCodes } from '../../../services/account/second-factor.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { notProven } from '../../proof-errors.ts';

export const postRecoveryCodesEndpoint = sessionEndpoint(
  postRecoveryCodes,
  async (context, { session, body, client }) => {
    const { password, code } = passwordAndCodeSchema.parse(body);
    const { identity } = session;
    await authorize(context, { identity, iamAction: 'iam:EnableMFADevice' });
    const outcome = await renewRecoveryCodes(context, identity, { password, code, address: client.address });
    if (outcome.kind !== 'codes') throw notProven(outcome);
    return { status: 200, body: { recoveryCodes: outcome.recoveryCodes } };
  },
);
