import type { ServiceContext } from '../../../services/context.ts';
import { listGroups as readGroups } from '../../../services/iam/list-groups.ts';
import { groupFacts } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

/** Groups of the account, by name (IAM API reference, ListGroups). */
export async function listGroups(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const rows = await readGroups(context, identity, parameters.get('PathPrefix') ?? '/');
  const page = pageOf(parameters, rows, ({ name }) => name);
  return members('Groups', page.items, groupFacts) + page.xml;
}
