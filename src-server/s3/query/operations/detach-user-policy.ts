import type { ServiceContext } from '../../../services/context.ts';
import { detachPolicy } from '../../../services/iam/detach-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Detaches a managed policy from a user. */
export async function detachUserPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'user', name: parameters.required('UserName') } as const;
  await detachPolicy(context, identity, holder, parameters.required('PolicyArn'));
  return undefined;
}
