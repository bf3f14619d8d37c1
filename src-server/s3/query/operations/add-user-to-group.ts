import type { ServiceContext } from '../../../services/context.ts';
import { changeMembership } from '../../../services/iam/change-membership.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Puts a user into a group (IAM API reference, AddUserToGroup). */
export async function addUserToGroup(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const groupName = parameters.required('GroupName');
  const userName = parameters.required('UserName');
  await changeMembership(context, identity, { groupName, userName }, 'add');
  return undefined;
}
