import type { ServiceContext } from '../../../services/context.ts';
import { findKeyAccount } from '../../../services/sts/find-key-account.ts';
import { element } from '../../xml/xml-writer.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Says whose account an access key is of. */
export async function getAccessKeyInfo(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  return element('Account', await findKeyAccount(context, identity, parameters.required('AccessKeyId')));
}
