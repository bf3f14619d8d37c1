import type { ServiceContext } from '../../../services/context.ts';
import { attachPolicy } from '../../../services/iam/attach-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Attaches a managed policy to a user. */
export async function attachUserPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'user', name: parameters.required('UserName') } as const;
  await attachPolicy(context, identity, holder, parameters.required('PolicyArn'));
  return undefined;
}
