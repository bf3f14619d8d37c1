import { getRole } from '../../../contract/roles.ts';
import { findRole } from '../../../services/iam/find-role.ts';
import { sessionEndpoint } from '../../endpoint.ts';
import { presentRole } from '../../present-policy.ts';

export const getRoleEndpoint = sessionEndpoint(getRole, async (context, { session, params }) => {
  const { role } = await findRole(context, session.identity, 'GetRole', params.name ?? '');
  return { status: 200, body: presentRole(role) };
});
