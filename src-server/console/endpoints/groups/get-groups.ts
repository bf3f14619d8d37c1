import { getGroups } from '../../../contract/groups.ts';
import { listGroups } from '../../../services/iam/list-groups.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getGroupsEndpoint = sessionEndpoint(getGroups, async (context, { session }) => {
  const groups = await listGroups(context, session.identity, '/');
  const shown = groups.map(({ name, created_ms: createdAtMs, members, policies }) => ({
    ...{ name, createdAtMs, members, policies },
  }));
  return { status: 200, body: { groups: shown } };
});
