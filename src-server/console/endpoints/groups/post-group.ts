import { createGroupSchema, postGroup } from '../../../contract/groups.ts';
import { createGroup } from '../../../services/iam/create-group.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const postGroupEndpoint = sessionEndpoint(postGroup, async (context, { session, body, log }) => {
  const { name } = createGroupSchema.parse(body);
  await createGroup(context, session.identity, { name, path: '/' });
  log.info({ by: session.identity.name, group: name }, 'a group was made');
  return { status: 201, body: { name } };
});
