import { getRoles } from '../../../contract/roles.ts';
import { listRoles } from '../../../services/iam/list-roles.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentRole } from '../../present-policy.ts';

export const getRolesEndpoint = sessionEndpoint(getRoles, async (context, { session: { identity } }) => {
  const roles = await listRoles(context, identity);
  return { status: 200, body: { accountId: identity.accountId, roles: roles.map(presentRole) } };
});
