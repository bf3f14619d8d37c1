import { deleteGroupMember } from '../../../contract/groups.ts';
import { changeMembership } from '../../../services/iam/change-membership.ts';
import { sessionEndpoint } from '../../endpoint.ts';

export const deleteGroupMemberEndpoint = sessionEndpoint(
  deleteGroupMember,
  async (context, { session, params, log }) => {
    const { name: groupName = '', user: userName = '' } = params;
    await changeMembership(context, session.identity, { groupName, userName }, 'remove');
    log.info({ by: session.identity.name, group: groupName, user: userName }, 'somebody was taken out of a group');
    return { status: 204, body: undefined };
  },
);
