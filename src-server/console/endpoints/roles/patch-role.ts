import { patchRole, updateRoleSchema } from '../../../contract/roles.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { updateRole } from '../../../services/iam/update-role.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const patchRoleEndpoint = sessionEndpoint(patchRole, async (context, { session, params, body, log }) => {
  const { description, maxSessionSeconds, trustPolicy } = updateRoleSchema.parse(body);
  const { identity } = session;
  const name = params.name ?? '';
  if (trustPolicy !== undefined) await updateRole(context, identity, name, { kind: 'trust', trustPolicy });
  if (description !== undefined || maxSessionSeconds !== undefined) {
    await updateRole(context, identity, name, { kind: 'facts', description, maxSessionSeconds });
  }
  announcePolicies(context);
  log.info({ by: identity.name, role: name }, 'a role was changed');
  return { status: 204, body: undefined };
});
