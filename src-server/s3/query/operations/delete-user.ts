import type { ServiceContext } from '../../../services/context.ts';
import { deleteIamUser } from '../../../services/iam/delete-iam-user.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes a user on whom nothing hangs (IAM API reference, DeleteUser). */
export async function deleteUser(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await deleteIamUser(context, identity, parameters.required('UserName'));
  return undefined;
}
