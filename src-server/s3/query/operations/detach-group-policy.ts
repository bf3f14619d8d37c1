import type { ServiceContext } from '../../../services/context.ts';
import { detachPolicy } from '../../../services/iam/detach-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Detaches a managed policy from a group. */
export async function detachGroupPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'group', name: parameters.required('GroupName') } as const;
  await detachPolicy(context, identity, holder, parameters.required('PolicyArn'));
  return undefined;
}
