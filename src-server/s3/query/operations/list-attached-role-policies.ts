import type { ServiceContext } from '../../../services/context.ts';
import { listAttachedPolicies } from '../../../services/iam/list-attached-policies.ts';
import { attachedPolicyXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

/** Lists the managed policies of a role by name. */
export async function listAttachedRolePolicies(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const prefix = parameters.get('PathPrefix') ?? '/';
  const holder = { kind: 'role', name: parameters.required('RoleName') } as const;
  const attached = await listAttachedPolicies(context, identity, holder);
  const all = attached.filter(({ path }) => path.startsWith(prefix));
  const page = pageOf(parameters, all, ({ name, account_id: accountId }) => `${name} ${accountId}`);
  return members('AttachedPolicies', page.items, attachedPolicyXml) + page.xml;
}
