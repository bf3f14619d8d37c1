import { readIamTags } from '../../../domain/iam-rules.ts';
import type { ServiceContext } from '../../../services/context.ts';
import { findRole } from '../../../services/iam/find-role.ts';
import { element } from '../../xml/xml-writer.ts';
import { tagsXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Lists the tags of a role. */
export async function listRoleTags(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const { role } = await findRole(context, identity, 'ListRoleTags', parameters.required('RoleName'));
  return tagsXml(readIamTags(role.tags)) + element('IsTruncated', false);
}
