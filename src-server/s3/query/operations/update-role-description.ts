import type { ServiceContext } from '../../../services/context.ts';
import { readRole } from '../../../services/iam/find-role.ts';
import { updateRole } from '../../../services/iam/update-role.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { wholeRoleXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Changes the description of a role. */
export async function updateRoleDescription(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const name = parameters.required('RoleName');
  const description = parameters.get('Description') ?? '';
  await updateRole(context, identity, name, { kind: 'facts', description, maxSessionSeconds: undefined });
  return wrap('Role', wholeRoleXml(await readRole(context, identity, name)));
}
