import type { ServiceContext } from '../../../services/context.ts';
import { putInlinePolicy } from '../../../services/iam/put-inline-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Puts an inline policy on a role. */
export async function putRolePolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  await putInlinePolicy(context, identity, holder, {
    policyName: parameters.required('PolicyName'),
    document: parameters.required('PolicyDocument'),
  });
  return undefined;
}
