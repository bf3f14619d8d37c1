import type { ServiceContext } from '../../../services/context.ts';
import { updateRole as run } from '../../../services/iam/update-role.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';

/** Changes description and longest session of a role. */
export async function updateRole(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  await run(context, identity, parameters.required('RoleName'), {
    kind: 'facts',
    description: parameters.get('Description'),
    maxSessionSeconds: parameters.integer('MaxSessionDuration'),
  });
  return '';
}
