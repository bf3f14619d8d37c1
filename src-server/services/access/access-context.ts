import type { EpochMs } from '../../domain/ids.ts';
import { type ConditionContext, contextOf } from '../../domain/policy/context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

const MS_PER_SECOND = 1000;

/**
 * What every request says of itself: who, from where, when and how (IAM user guide, "AWS global condition context keys"). Made when a policy
 * first asks, since most requests meet none.
 *
 * @param resourceAccountId whose the bucket is
 */
export function accessContext(
  identity: Identity,
  nowMs: EpochMs,
  region: string,
  resourceAccountId: string | undefined,
): ConditionContext {
  let made: ConditionContext | undefined;
  return {
    values: (key) => {
      made ??= contextOf({
        ...timeFacts(nowMs),
        ...environmentFacts(identity),
        ...(identity.kind === 'user' ? principalFacts(identity) : { 'aws:PrincipalType': 'Anonymous' }),
        'aws:RequestedRegion': region,
        'aws:ResourceAccount': resourceAccountId,
        's3:ResourceAccount': resourceAccountId,
        'aws:ViaAWSService': 'false',
        'aws:PrincipalIsAWSService': 'false',
      });
      return made.values(key);
    },
  };
}

function timeFacts(nowMs: EpochMs): Record<string, string> {
  return {
    'aws:CurrentTime': new Date(nowMs).toISOString(),
    'aws:EpochTime': String(Math.floor(nowMs / MS_PER_SECOND)),
  };
}

function environmentFacts({ environment }: Identity): Record<string, string | undefined> {
  if (environment === undefined) return {};
  return {
    'aws:SourceIp': environment.sourceAddress,
    'aws:SecureTransport': String(environment.isSecure),
    'aws:UserAgent': environment.userAgent,
    'aws:Referer': environment.referer,
    's3:TlsVersion': environment.tlsVersion?.replace(/^TLSv/, ''),
    's3:authType': environment.authType,
    's3:signatureversion': environment.signatureVersion,
    's3:signatureAge': environment.signatureAgeMs === undefined ? undefined : String(environment.signatureAgeMs),
  };
}

function principalFacts(user: UserIdentity): Record<string, string | undefined> {
  const { session } = user;
  const tags = Object.entries({ ...user.tags, ...session?.facts.tags });
  return {
    // A role's session has no user name.
    'aws:username': session?.kind === 'role' ? undefined : user.name,
    'aws:userid': user.uniqueId,
    'aws:PrincipalArn': session?.kind === 'role' ? session.roleArn : user.arn,
    'aws:PrincipalAccount': user.accountId,
    'aws:PrincipalType': session?.kind === 'role' ? 'AssumedRole' : user.role === 'root' ? 'Account' : 'User',
    'aws:TokenIssueTime': session === undefined ? undefined : new Date(session.facts.createdMs).toISOString(),
    'aws:SourceIdentity': session?.facts.sourceIdentity ?? undefined,
    'aws:MultiFactorAuthPresent': session === undefined ? undefined : 'false',
    ...Object.fromEntries(tags.map(([name, value]) => [`aws:PrincipalTag/${name}`, value])),
  };
}
