import type { ServiceContext } from '../../../services/context.ts';
import { deletePolicy as run } from '../../../services/iam/delete-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Removes a managed policy. */
export async function deletePolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await run(context, identity, parameters.required('PolicyArn'));
  return undefined;
}
