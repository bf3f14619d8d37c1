import type { ServiceContext } from '../../../services/context.ts';
import { setBoundary } from '../../../services/iam/set-boundary.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Lifts the boundary of a role. */
export async function deleteRolePermissionsBoundary(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  await setBoundary(context, identity, holder, undefined);
  return undefined;
}
