import type { ServiceContext } from '../../../services/context.ts';
import { deleteGroup as removeGroup } from '../../../services/iam/delete-group.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes an empty group (IAM API reference, DeleteGroup). */
export async function deleteGroup(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await removeGroup(context, identity, parameters.required('GroupName'));
  return undefined;
}
