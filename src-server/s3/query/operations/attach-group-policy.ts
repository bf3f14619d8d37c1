import type { ServiceContext } from '../../../services/context.ts';
import { attachPolicy } from '../../../services/iam/attach-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Attaches a managed policy to a group. */
export async function attachGroupPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'group', name: parameters.required('GroupName') } as const;
  await attachPolicy(context, identity, holder, parameters.required('PolicyArn'));
  return undefined;
}
