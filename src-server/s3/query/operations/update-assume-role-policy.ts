import type { ServiceContext } from '../../../services/context.ts';
import { updateRole } from '../../../services/iam/update-role.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Changes who may assume a role. */
export async function updateAssumeRolePolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const trustPolicy = parameters.required('PolicyDocument');
  await updateRole(context, identity, parameters.required('RoleName'), { kind: 'trust', trustPolicy });
  return undefined;
}
