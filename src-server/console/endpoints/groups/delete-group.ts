import { deleteGroup } from '../../../contract/groups.ts';
import { deleteGroup as removeGroup } from '../../../services/iam/delete-group.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deleteGroupEndpoint = sessionEndpoint(deleteGroup, async (context, { session, params, log }) => {
  const group = params.name ?? '';
  await removeGroup(context, session.identity, group);
  log.info({ by: session.identity.name, group }, 'a group was deleted');
  return { status: 204, body: undefined };
});
