import type { ServiceContext } from '../../../services/context.ts';
import { findGroup } from '../../../services/iam/find-group.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { groupFacts, userFacts } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

/** A group and who is in it (IAM API reference, GetGroup). */
export async function getGroup(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const { group, members: rows } = await findGroup(context, identity, parameters.required('GroupName'));
  const page = pageOf(parameters, rows, ({ name }) => name);
  return wrap('Group', groupFacts(group)) + members('Users', page.items, userFacts) + page.xml;
}
