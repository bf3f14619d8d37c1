import type { ServiceContext } from '../../../services/context.ts';
import { findInlinePolicy } from '../../../services/iam/find-inline-policy.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { encodedPolicy } from '../query-page.ts';

/** Shows an inline policy of a role. */
export async function getRolePolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const name = parameters.required('RoleName');
  const policyName = parameters.required('PolicyName');
  const policy = await findInlinePolicy(context, identity, { kind: 'role', name }, policyName);
  const document = element('PolicyDocument', encodedPolicy(policy.document));
  return element('RoleName', name) + element('PolicyName', policy.name) + document;
}
