import type { ServiceContext } from '../../../services/context.ts';
import { createPolicy as run } from '../../../services/iam/create-policy.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { policyXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { readTags } from '../read-tags.ts';

/** Makes a managed policy. */
export async function createPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const policy = await run(context, identity, {
    name: parameters.required('PolicyName'),
    path: parameters.get('Path') ?? '/',
    description: parameters.get('Description') ?? '',
    document: parameters.required('PolicyDocument'),
    tags: readTags(parameters, 'Tags'),
  });
  return wrap('Policy', policyXml(policy));
}
