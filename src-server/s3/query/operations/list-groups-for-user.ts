import type { IamGroupRow } from '../../../db/tables/iam-group.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { listGroupsOfUser } from '../../../services/iam/list-groups-of-user.ts';
import { groupFacts } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { members, pageOf } from '../query-page.ts';

/** The groups that a user is in (IAM API reference, ListGroupsForUser). */
export async function listGroupsForUser(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const rows = await listGroupsOfUser(context, identity, parameters.required('UserName'));
  // Names are unique within an account; of two accounts the ids tell them apart.
  const sorted = rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const page = pageOf(parameters, sorted, nameOf);
  return members('Groups', page.items, groupFacts) + page.xml;
}

function nameOf({ name, unique_id }: IamGroupRow): string {
  return `${name} ${unique_id}`;
}
