import type { ServiceContext } from '../../../services/context.ts';
import { listRoles as run } from '../../../services/iam/list-roles.ts';
import { roleXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

/** Lists the roles of the account by name. */
export async function listRoles(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const prefix = parameters.get('PathPrefix') ?? '/';
  const all = (await run(context, identity)).filter(({ path }) => path.startsWith(prefix));
  const page = pageOf(parameters, all, ({ name }) => name);
  return members('Roles', page.items, roleXml) + page.xml;
}
