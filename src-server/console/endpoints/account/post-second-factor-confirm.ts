import { confirmSecondFactorSchema, postSecondFactorConfirm } from '../../../contract/account.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { confirmSecondFactor } from '../../../services/account/second-factor.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { notProven } from '../../proof-errors.ts';

export const postSecondFactorConfirmEndpoint = sessionEndpoint(
  postSecondFactorConfirm,
  async (context, { session, body, log }) => {
    const { code } = confirmSecondFactorSchema.parse(body);
    const { identity } = session;
    await authorize(context, { identity, iamAction: 'iam:EnableMFADevice' });
    const outcome = await confirmSecondFactor(context, identity, code);
    if (outcome.kind !== 'codes') throw notProven(outcome);
    log.info({ user: identity.name }, 'a second factor was turned on');
    return { status: 200, body: { recoveryCodes: outcome.recoveryCodes } };
  },
);
