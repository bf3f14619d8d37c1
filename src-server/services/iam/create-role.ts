import { randomBytes } from 'node:crypto';
import { parsePolicyArn } from '../../commands/support/iam-scope.ts';
import { roleArn, uniqueIdFrom } from '../../domain/arn-names.ts';
import { checkIamName, checkIamPath, checkPolicyText, type IamTags, MAX_TRUST_POLICY } from '../../domain/iam-rules.ts';
import type { ServiceContext } from '../context.ts';
import { announcePolicies } from './announce-policies.ts';
import { type FoundRole, readRole } from './find-role.ts';
import { authorizeIam, type IamCaller, scopeOf } from './iam-scope.ts';
import { checkSessionLimit } from './role-session-limit.ts';

const UNIQUE_ID_BYTES = 17;
const MAX_NAME_LENGTH = 64;

export interface CreateRoleRequest {
  readonly name: string;
  readonly path: string;
  readonly trustPolicy: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly boundaryArn: string | undefined;
  readonly tags: IamTags;
}

/**
 * Makes a role in the caller's account; what its sessions make belongs to the caller. Throws AccessDenied, EntityAlreadyExists, LimitExceeded,
 * MalformedPolicyDocument, NoSuchEntity, ValidationError.
 */
export async function createRole(
  context: ServiceContext,
  caller: IamCaller,
  request: CreateRoleRequest,
): Promise<FoundRole> {
  const name = checkIamName(request.name, 'roleName', MAX_NAME_LENGTH);
  const path = checkIamPath(request.path);
  const { boundaryArn } = request;
  const facts = { 'iam:PermissionsBoundary': boundaryArn };
  await authorizeIam(context, caller, 'iam:CreateRole', roleArn(caller.accountId, path, name), facts);
  await context.engine.submit('create-iam-role', {
    scope: scopeOf(caller),
    actorId: caller.userId,
    name,
    path,
    uniqueId: uniqueIdFrom('AROA', randomBytes(UNIQUE_ID_BYTES)),
    trustPolicy: checkPolicyText(request.trustPolicy, 'trust', MAX_TRUST_POLICY),
    description: request.description,
    maxSessionSeconds: checkSessionLimit(request.maxSessionSeconds),
    boundary: boundaryArn === undefined ? undefined : parsePolicyArn(boundaryArn),
    tags: request.tags,
    nowMs: context.now(),
  });
  announcePolicies(context);
  return readRole(context, caller, name);
}
