import type { ServiceContext } from '../../../services/context.ts';
import { tagPolicy } from '../../../services/iam/tag-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Takes tags off a managed policy. */
export async function untagPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const keys = parameters.list('TagKeys');
  await tagPolicy(context, identity, parameters.required('PolicyArn'), { kind: 'remove', keys });
  return undefined;
}
