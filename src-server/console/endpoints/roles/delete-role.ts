import { deleteRole } from '../../../contract/roles.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { deleteRole as removeRole } from '../../../services/iam/delete-role.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deleteRoleEndpoint = sessionEndpoint(deleteRole, async (context, { session, params, log }) => {
  const role = params.name ?? '';
  await removeRole(context, session.identity, role);
  announcePolicies(context);
  log.info({ by: session.identity.name, role }, 'a role was deleted');
  return { status: 204, body: undefined };
});
