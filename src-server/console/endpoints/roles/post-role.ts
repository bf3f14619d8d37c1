import { createRoleSchema, postRole } from '../../../contract/roles.ts';
import { announcePolicies } from '../../../services/iam/announce-policies.ts';
import { createRole } from '../../../services/iam/create-role.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const postRoleEndpoint = sessionEndpoint(postRole, async (context, { session, body, log }) => {
  const { name, description, trustPolicy, maxSessionSeconds } = createRoleSchema.parse(body);
  const facts = { name, description, trustPolicy, maxSessionSeconds };
  await createRole(context, session.identity, { ...facts, path: '/', boundaryArn: undefined, tags: {} });
  announcePolicies(context);
  log.info({ by: session.identity.name, role: name }, 'a role was made');
  return { status: 201, body: { name } };
});
