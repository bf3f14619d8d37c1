import { patchAccount, updateAccountSchema } from '../../../contract/account.ts';
import { updateAccount } from '../../../services/account/update-account.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const patchAccountEndpoint = sessionEndpoint(patchAccount, async (context, { session, body }) => {
  const { displayName, email } = updateAccountSchema.parse(body);
  await updateAccount(context, session.identity, { displayName, email });
  return { status: 204, body: undefined };
});
