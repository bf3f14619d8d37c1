import type { ServiceContext } from '../../../services/context.ts';
import { askAboutUser } from '../../../services/iam/ask.ts';
import { boundaryArnOf } from '../../../services/iam/boundary.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { wholeUser } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** A user, else the caller (IAM API reference, GetUser). */
export async function getUser(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const row = await askAboutUser(context, identity, 'iam:GetUser', parameters.get('UserName'));
  return wrap('User', wholeUser(row, await boundaryArnOf(context, row.boundary_policy_id)));
}
