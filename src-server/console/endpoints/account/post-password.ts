import { changePasswordSchema, postPassword } from '../../../contract/account.ts';
import { authorize } from '../../../services/access/authorize.ts';
import { changePassword } from '../../../services/account/change-password.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { notProven } from '../../proof-errors.ts';

export const postPasswordEndpoint = sessionEndpoint(postPassword, async (context, { session, body, client, log }) => {
  const { oldPassword, newPassword } = changePasswordSchema.parse(body);
  const { identity, id } = session;
  await authorize(context, { identity, iamAction: 'iam:ChangePassword' });
  const { address } = client;
  const outcome = await changePassword(context, identity, { oldPassword, newPassword, sessionId: id, address });
  if (outcome.kind !== 'changed') throw notProven(outcome);
  log.info({ user: identity.name, address }, 'a user changed their password');
  return { status: 204, body: undefined };
});
