import type { ServiceContext } from '../../../services/context.ts';
import { updateRole } from '../../../services/iam/update-role.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Takes tags off a role. */
export async function untagRole(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const keys = parameters.list('TagKeys');
  await updateRole(context, identity, parameters.required('RoleName'), { kind: 'remove', keys });
  return undefined;
}
