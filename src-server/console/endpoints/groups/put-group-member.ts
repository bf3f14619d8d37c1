import { putGroupMember } from '../../../contract/groups.ts';
import { changeMembership } from '../../../services/iam/change-membership.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const putGroupMemberEndpoint = sessionEndpoint(putGroupMember, async (context, { session, params, log }) => {
  const { name: groupName = '', user: userName = '' } = params;
  await changeMembership(context, session.identity, { groupName, userName }, 'add');
  log.info({ by: session.identity.name, group: groupName, user: userName }, 'somebody was put into a group');
  return { status: 204, body: undefined };
});
