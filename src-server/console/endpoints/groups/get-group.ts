import { getGroup } from '../../../contract/groups.ts';
import { arnOfGroup } from '../../../services/iam/ask.ts';
import { findGroup } from '../../../services/iam/find-group.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const getGroupEndpoint = sessionEndpoint(getGroup, async (context, { session, params }) => {
  const { group, members } = await findGroup(context, session.identity, params.name ?? '');
  return {
    status: 200,
    body: {
      name: group.name,
      arn: arnOfGroup(group),
      createdAtMs: group.created_ms,
      members: members.map(({ name, display_name: displayName }) => ({ name, displayName })),
    },
  };
});
