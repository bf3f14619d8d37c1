import type { ServiceContext } from '../../../services/context.ts';
import { updateRole } from '../../../services/iam/update-role.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { readTags } from '../read-tags.ts';

/** Puts tags on a role. */
export async function tagRole(context: ServiceContext, { identity, parameters }: QueryRequest): Promise<QueryResult> {
  const tags = readTags(parameters, 'Tags');
  await updateRole(context, identity, parameters.required('RoleName'), { kind: 'put', tags });
  return undefined;
}
