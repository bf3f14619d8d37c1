import type { ServiceContext } from '../../../services/context.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Who the caller is. Needs no permission: the answer would stand in a denial too (STS API reference, GetCallerIdentity). */
export async function getCallerIdentity(_context: ServiceContext, { identity }: QueryRequest): Promise<QueryResult> {
  return element('Arn', identity.arn) + element('UserId', identity.uniqueId) + element('Account', identity.accountId);
}
