import { identityOf } from '../../../services/access/user-identity.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { askAboutUser } from '../../../services/iam/ask.ts';
import { tagList } from '../iam-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { pageOf } from '../query-page.ts';

/** The tags of a user, by key (IAM API reference, ListUserTags). */
export async function listUserTags(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const row = await askAboutUser(context, identity, 'iam:ListUserTags', parameters.required('UserName'));
  const tags = Object.entries(identityOf(row, null).tags).sort(([a], [b]) => (a < b ? -1 : 1));
  const page = pageOf(parameters, tags, ([key]) => key);
  return tagList(page.items) + page.xml;
}
