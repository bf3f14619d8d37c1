import type { ServiceContext } from '../../../services/context.ts';
import { setBoundary } from '../../../services/iam/set-boundary.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Sets what a role may have at most. */
export async function putRolePermissionsBoundary(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  await setBoundary(context, identity, holder, parameters.required('PermissionsBoundary'));
  return undefined;
}
