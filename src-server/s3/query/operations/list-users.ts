import type { ServiceContext } from '../../../services/context.ts';
import { listIamUsers } from '../../../services/iam/list-iam-users.ts';
import { userFacts } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

/** Users of the account, by name (IAM API reference, ListUsers). */
export async function listUsers(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const rows = await listIamUsers(context, identity, parameters.get('PathPrefix') ?? '/');
  const page = pageOf(parameters, rows, ({ name }) => name);
  return members('Users', page.items, userFacts) + page.xml;
}
