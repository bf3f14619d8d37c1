import type { ServiceContext } from '../../../services/context.ts';
import { summarizeAccount } from '../../../services/iam/summarize-account.ts';
import { element, wrap } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** How much the account has and may have (IAM API reference, GetAccountSummary). */
export async function getAccountSummary(context: ServiceContext, { identity }: QueryRequest): Promise<QueryResult> {
  const entries = Object.entries(await summarizeAccount(context, identity));
  const inner = entries.map(([key, value]) => wrap('entry', element('key', key) + element('value', value)));
  return wrap('SummaryMap', inner.join(''));
}
