import type { ServiceContext } from '../../../services/context.ts';
import { putUserBoundary } from '../../../services/iam/put-user-boundary.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Lifts what limited a user (IAM API reference, DeleteUserPermissionsBoundary). */
export async function deleteUserPermissionsBoundary(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await putUserBoundary(context, identity, parameters.required('UserName'), undefined);
  return undefined;
}
