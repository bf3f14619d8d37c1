import type { ServiceContext } from '../../../services/context.ts';
import { createRole as run } from '../../../services/iam/create-role.ts';
import { DEFAULT_SESSION_SECONDS } from '../../../services/iam/role-session-limit.ts';
import { wrap } from '../../xml/xml-writer.ts';
import { wholeRoleXml } from '../policy-xml.ts';
import type { QueryRequest, QueryResult } from '../query-operation.ts';
import { readTags } from '../read-tags.ts';

/** Makes a role. */
export async function createRole(
  context: ServiceContext,
  { identity, parameters }: QueryRequest,
): Promise<QueryResult> {
  const found = await run(context, identity, {
    name: parameters.required('RoleName'),
    path: parameters.get('Path') ?? '/',
    trustPolicy: parameters.required('AssumeRolePolicyDocument'),
    description: parameters.get('Description') ?? '',
    maxSessionSeconds: parameters.integer('MaxSessionDuration') ?? DEFAULT_SESSION_SECONDS,
    boundaryArn: parameters.get('PermissionsBoundary'),
    tags: readTags(parameters, 'Tags'),
  });
  return wrap('Role', wholeRoleXml(found));
}
