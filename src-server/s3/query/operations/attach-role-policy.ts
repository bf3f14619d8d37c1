import type { ServiceContext } from '../../../services/context.ts';
import { attachPolicy } from '../../../services/iam/attach-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Attaches a managed policy to a role. */
export async function attachRolePolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  await attachPolicy(context, identity, holder, parameters.required('PolicyArn'));
  return undefined;
}
