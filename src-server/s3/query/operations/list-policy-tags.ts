import { readIamTags } from '../../../domain/iam-rules.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { findPolicy } from '../../../services/iam/find-policy.ts';
import { element } from '../../xml/xml-writer.ts';
import { tagsXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Lists the tags of a managed policy. */
export async function listPolicyTags(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const { policy } = await findPolicy(context, identity, 'ListPolicyTags', parameters.required('PolicyArn'));
  return tagsXml(readIamTags(policy.tags)) + element('IsTruncated', false);
}
