import type { ServiceContext } from '../../../services/context.ts';
import { findRole } from '../../../services/iam/find-role.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { wholeRoleXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Shows a role. */
export async function getRole(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const found = await findRole(context, identity, 'GetRole', parameters.required('RoleName'));
  return wrap('Role', wholeRoleXml(found));
}
