import type { ServiceContext } from '../../../services/context.ts';
import { listAccountAliases as readAliases } from '../../../services/iam/list-account-aliases.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { pageOf } from '../query-page.ts';

/** Accounts have no aliases here (IAM API reference, ListAccountAliases). */
export async function listAccountAliases(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const page = pageOf(parameters, await readAliases(context, identity), (alias) => alias);
  return `<AccountAliases>${page.items.map((alias) => element('member', alias)).join('')}</AccountAliases>${page.xml}`;
}
