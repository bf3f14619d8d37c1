import type { ServiceContext } from '../../../services/context.ts';
import { putUserBoundary } from '../../../services/iam/put-user-boundary.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Sets what a user may have at most (IAM API reference, PutUserPermissionsBoundary). */
export async function putUserPermissionsBoundary(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const userName = parameters.required('UserName');
  await putUserBoundary(context, identity, userName, parameters.required('PermissionsBoundary'));
  return undefined;
}
