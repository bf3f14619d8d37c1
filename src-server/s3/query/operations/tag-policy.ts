import type { ServiceContext } from '../../../services/context.ts';
import { tagPolicy as run } from '../../../services/iam/tag-policy.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { readTags } from '../read-tags.ts';

/** Puts tags on a managed policy. */
export async function tagPolicy(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const tags = readTags(parameters, 'Tags');
  await run(context, identity, parameters.required('PolicyArn'), { kind: 'put', tags });
  return undefined;
}
