import type { ServiceContext } from '../../../services/context.ts';
import { listInlinePolicies } from '../../../services/iam/list-inline-policies.ts';
import { escapeXml } from '../../xml/escape.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

/** Lists the inline policies of a role by name. */
export async function listRolePolicies(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  const page = pageOf(parameters, await listInlinePolicies(context, identity, holder), ({ name }) => name);
  return members('PolicyNames', page.items, ({ name }) => escapeXml(name)) + page.xml;
}
