import type { ServiceContext } from '../../../services/context.ts';
import { detachPolicy } from '../../../services/iam/detach-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Detaches a managed policy from a role. */
export async function detachRolePolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  await detachPolicy(context, identity, holder, parameters.required('PolicyArn'));
  return undefined;
}
