import { getAccount } from '../../../contract/account.ts';
import { readAccount } from '../../../services/account/read-account.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getAccountEndpoint = sessionEndpoint(getAccount, async (context, { session }) => {
  const { person, recoveryCodesLeft } = await readAccount(context, session.identity);
  return {
    status: 200,
    body: {
      userName: person.name,
      displayName: person.display_name,
      email: person.email,
      role: person.role,
      tenant: person.tenant_name,
      createdAtMs: person.created_ms,
      hasSecondFactor: person.has_second_factor === 1,
      recoveryCodesLeft,
    },
  };
});
