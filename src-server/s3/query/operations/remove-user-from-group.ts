import type { ServiceContext } from '../../../services/context.ts';
import { changeMembership } from '../../../services/iam/change-membership.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Takes a user out of a group (IAM API reference, RemoveUserFromGroup). */
export async function removeUserFromGroup(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const groupName = parameters.required('GroupName');
  const userName = parameters.required('UserName');
  await changeMembership(context, identity, { groupName, userName }, 'remove');
  return undefined;
}
