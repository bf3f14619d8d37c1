import type { ServiceContext } from '../../../services/context.ts';
import { listHolderPolicies } from '../../../services/iam/holder-policies.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { pageOf } from '../query-page.ts';

/** Names of the inline policies of a user (IAM API reference, ListUserPolicies). */
export async function listUserPolicies(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'user', name: parameters.required('UserName') } as const;
  const names = await listHolderPolicies(context, identity, holder);
  const page = pageOf(parameters, names, (name) => name);
  return `<PolicyNames>${page.items.map((name) => element('member', name)).join('')}</PolicyNames>${page.xml}`;
}
