import type { ServiceContext } from '../../../services/context.ts';
import { findHolderPolicy } from '../../../services/iam/holder-policies.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { encodedPolicy } from '../query-page.ts';

/** An inline policy of a group (IAM API reference, GetGroupPolicy). */
export async function getGroupPolicy(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'group', name: parameters.required('GroupName') } as const;
  const policyName = parameters.required('PolicyName');
  const document = await findHolderPolicy(context, identity, holder, policyName);
  return (
    element('GroupName', holder.name) +
    element('PolicyName', policyName) +
    element('PolicyDocument', encodedPolicy(document))
  );
}
