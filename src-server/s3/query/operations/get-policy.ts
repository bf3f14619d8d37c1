import { readIamTags } from '../../../domain/iam-rules.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { findPolicy } from '../../../services/iam/find-policy.ts';
import { optionalElement, wrap } from '../../xml/xml-writer.ts';
import { policyXml, tagsXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Shows a managed policy. */
export async function getPolicy(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const { policy } = await findPolicy(context, identity, 'GetPolicy', parameters.required('PolicyArn'));
  return wrap(
    'Policy',
    policyXml(policy) +
      optionalElement('Description', policy.description || undefined) +
      tagsXml(readIamTags(policy.tags)),
  );
}
