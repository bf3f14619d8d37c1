import type { ServiceContext } from '../../../services/context.ts';
import { deleteInlinePolicy } from '../../../services/iam/delete-inline-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Takes an inline policy off a role. */
export async function deleteRolePolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  await deleteInlinePolicy(context, identity, holder, parameters.required('PolicyName'));
  return undefined;
}
