import type { ServiceContext } from '../../../services/context.ts';
import { deleteRole as run } from '../../../services/iam/delete-role.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes a role; its sessions end. */
export async function deleteRole(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await run(context, identity, parameters.required('RoleName'));
  return undefined;
}
