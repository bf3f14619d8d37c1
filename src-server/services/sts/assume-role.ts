import { findRoleByName, type IamRoleRow } from '../../db/tables/iam-role.ts';
import { sessionArn } from '../../domain/arn-names.ts';
import { Failure } from '../../domain/failure.ts';
import { contextOf } from '../../domain/policy/context.ts';
import type { Decision } from '../../domain/policy/decide.ts';
import { noteReason } from '../access/acting.ts';
import { Denied } from '../access/denied.ts';
import type { ServiceContext } from '../context.ts';
import type { IamCaller } from '../iam/iam-scope.ts';
import { DEFAULT_SESSION_SECONDS } from '../iam/role-session-limit.ts';
import { type AssumeAction, decideAssumeRole } from './decide-assume-role.ts';
import { issuingKeyOf } from './issuing-key.ts';
import { endOfSession } from './session-duration.ts';
import {
  checkExternalId,
  checkSessionName,
  nextSessionTags,
  nextSourceIdentity,
  type SessionTags,
} from './session-identity-rules.ts';
import { makeSessionPolicy, type WantedSessionPolicies } from './session-policy.ts';
import { newTemporaryCredentials, type TemporaryCredentials } from './temporary-credentials.ts';

export interface AssumeRoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly durationSeconds: number | undefined;
  readonly policies: WantedSessionPolicies;
  readonly tags: SessionTags;
  readonly externalId: string | undefined;
  readonly sourceIdentity: string | undefined;
}

export interface AssumedRole {
  readonly credentials: TemporaryCredentials;
  readonly arn: string;
  /** `AROA…:NAME` */
  readonly uniqueId: string;
  readonly sourceIdentity: string | null;
}

/** Of a role that is assumed with another role's session (IAM user guide, "Role chaining"). */
const CHAINED_SECONDS = 3600;

/**
 * Gives out temporary credentials of a role to whom its trust policy lets in. A role that is not there is one that refuses. Throws AccessDenied,
 * LimitExceeded, MalformedPolicyDocument, NoSuchEntity (a session policy), PackedPolicyTooLarge, ValidationError.
 */
export async function assumeRole(
  context: ServiceContext,
  caller: IamCaller,
  request: AssumeRoleRequest,
): Promise<AssumedRole> {
  const name = checkSessionName(request.sessionName, 'roleSessionName');
  const { tags, transitiveKeys } = nextSessionTags(caller, request.tags);
  const sourceIdentity = nextSourceIdentity(caller, request.sourceIdentity);
  const role = await requireAssumable(context, caller, request, { tags, transitiveKeys });
  const policy = await makeSessionPolicy(context, role.account_id, request.policies);
  const nowMs = context.now();
  const expiresMs = endOfSession(nowMs, request.durationSeconds, durationRule(caller, role));
  const { credentials, sealed } = newTemporaryCredentials(context, expiresMs);
  await context.engine.submit('open-sts-session', {
    ...sealed,
    userId: role.owner_id,
    roleId: role.id,
    name,
    policies: policy === undefined ? [] : [policy],
    tags,
    transitiveTagKeys: transitiveKeys,
    sourceIdentity,
    issuingKeyId: issuingKeyOf(caller),
    createdMs: nowMs,
    expiresMs,
  });
  return {
    credentials,
    arn: sessionArn(role.account_id, role.name, name),
    uniqueId: `${role.unique_id}:${name}`,
    sourceIdentity,
  };
}

const ROLE_ARN = /^arn:aws:iam::([0-9]{12}):role(\/(?:[!-~]+\/)?)([\w+=,.@-]{1,64})$/;

async function requireAssumable(
  context: ServiceContext,
  caller: IamCaller,
  request: AssumeRoleRequest,
  { tags, transitiveKeys }: SessionTags,
): Promise<IamRoleRow> {
  const [, accountId = '', path, roleName] = ROLE_ARN.exec(request.roleArn) ?? [];
  if (path === undefined || roleName === undefined)
    throw new Failure('ValidationError', `${request.roleArn.slice(0, 256)} is invalid`);
  const facts = contextOf({
    'sts:RoleSessionName': request.sessionName,
    'sts:ExternalId': checkExternalId(request.externalId),
    'sts:SourceIdentity': request.sourceIdentity,
    'sts:TransitiveTagKeys': transitiveKeys.length === 0 ? undefined : transitiveKeys,
    'aws:TagKeys': Object.keys(tags).length === 0 ? undefined : Object.keys(tags),
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
  });
  const role = await context.catalogue.read((tx) => findRoleByName(tx, accountId, roleName));
  const actions: AssumeAction[] = ['sts:AssumeRole'];
  if (Object.keys(tags).length > 0) actions.push('sts:TagSession');
  if (request.sourceIdentity !== undefined) actions.push('sts:SetSourceIdentity');
  for (const action of actions) {
    const isThere = role?.path === path && caller.role !== 'root';
    const decision = isThere ? await decideAssumeRole(context, caller, action, { role, facts }) : undefined;
    if (decision?.effect !== 'Allow') throw new Denied(action, request.roleArn, decision ?? NOBODY);
    noteReason(caller, decision.reason);
  }
  if (role === undefined) throw new Denied('sts:AssumeRole', request.roleArn, NOBODY);
  return role;
}

const NOBODY: Decision = { effect: 'ImplicitDeny', reason: { kind: 'nothing' } };

function durationRule({ session }: IamCaller, role: IamRoleRow): Parameters<typeof endOfSession>[2] {
  if (session?.kind === 'role') {
    return {
      defaultSeconds: CHAINED_SECONDS,
      maxSeconds: CHAINED_SECONDS,
      tooLong: 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    };
  }
  return {
    defaultSeconds: DEFAULT_SESSION_SECONDS,
    maxSeconds: role.max_session_seconds,
    tooLong: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  };
}
