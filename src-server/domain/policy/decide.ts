import type { PolicyDocument } from './policy-document.ts';
import { closer, type PrincipalMatch } from './principal.ts';
import { type AccessCase, matchStatement, type Statement } from './statement.ts';

/** Where a policy comes from, for the answer to "why". */
export interface PolicyOrigin {
  readonly kind: 'user' | 'group' | 'role' | 'boundary' | 'session' | 'access-key' | 'bucket' | 'trust';
  /** Its name, or that of what carries it. */
  readonly name: string;
}

/** A policy that has a say. `unreadable`: one that stands in the catalogue and cannot be read denies everything. */
export interface AppliedPolicy {
  readonly origin: PolicyOrigin;
  readonly document: PolicyDocument | 'unreadable';
}

/**
 * What the built-in role of the user (admin, user, readonly) says. `grants`: it may, whoever owns the resource; `accepts`: it may
 * use what another account gives it; `silent`: nothing.
 */
export type RoleGrant = 'grants' | 'accepts' | 'silent';

/** Everything that has a say in one decision. */
export interface Policies {
  /** Of the user and its groups, or of the role. */
  readonly identity: readonly AppliedPolicy[];
  /** What the identity may have at most. */
  readonly boundary: AppliedPolicy | undefined;
  /** Each narrows what a session may do: all have to allow. */
  readonly session: readonly AppliedPolicy[];
  /** Narrows what an access key may do, whoever grants it. */
  readonly accessKey: AppliedPolicy | undefined;
  /** Of the bucket. */
  readonly resource: AppliedPolicy | undefined;
  readonly role: RoleGrant;
  /** An ACL grants it, and counts. */
  readonly allowedByAcl: boolean;
}

/** Whose the resource is, and whether grants to strangers count. */
export interface ResourceFacts {
  /** 12 digits; undefined for what belongs to no account. */
  readonly accountId: string | undefined;
  /** RestrictPublicBuckets: a public bucket policy lets in only the bucket's own account. */
  readonly restrictsPublicPolicy: boolean;
}

/** What decided. `nothing`: nobody said anything about it, which is a no. */
export type Reason =
  | {
      readonly kind: 'statement';
      readonly origin: PolicyOrigin;
      readonly sid: string | undefined;
      readonly index: number;
    }
  | { readonly kind: 'unreadable'; readonly origin: PolicyOrigin }
  | { readonly kind: 'limit'; readonly origin: PolicyOrigin }
  | { readonly kind: 'role' }
  | { readonly kind: 'acl' }
  | { readonly kind: 'nothing' };

export interface Decision {
  readonly effect: 'Allow' | 'ExplicitDeny' | 'ImplicitDeny';
  readonly reason: Reason;
}

/**
 * IAM's policy evaluation (IAM user guide, "Policy evaluation logic"): an explicit deny anywhere wins; then, in the bucket's own account, the
 * identity's side or the bucket's side has to allow, from another account both; boundary and session policies limit what the identity's side
 * gives, an access key's policy limits everything.
 */
export function decide(asked: AccessCase, policies: Policies, resource: ResourceFacts): Decision {
  const denied = findDeny(asked, policies);
  if (denied !== undefined) return { effect: 'ExplicitDeny', reason: denied };
  const { accessKey } = policies;
  if (accessKey !== undefined && findAllow(asked, [accessKey]) === undefined) return refusedBy(accessKey);
  const fromResource = resourceAllow(asked, policies, resource);
  const isStranger = asked.principal.kind === 'account' && asked.principal.accountId !== resource.accountId;
  if (asked.principal.kind === 'anonymous')
    return fromResource.reason === undefined ? NOTHING : allow(fromResource.reason);
  if (!isStranger && fromResource.reason !== undefined && reachesPastLimits(fromResource.match, asked)) {
    return allow(fromResource.reason);
  }
  const grant = grantOf(asked, policies, fromResource, isStranger && resource.accountId !== undefined);
  if (grant === undefined) return NOTHING;
  const limits = [...(policies.boundary === undefined ? [] : [policies.boundary]), ...policies.session];
  const refusing = limits.find((limit) => findAllow(asked, [limit]) === undefined);
  return refusing === undefined ? allow(grant) : refusedBy(refusing);
}

const NOTHING: Decision = { effect: 'ImplicitDeny', reason: { kind: 'nothing' } };

function allow(reason: Reason): Decision {
  return { effect: 'Allow', reason };
}

function refusedBy(policy: AppliedPolicy): Decision {
  return { effect: 'ImplicitDeny', reason: { kind: 'limit', origin: policy.origin } };
}

function everyPolicy(policies: Policies): readonly AppliedPolicy[] {
  const { identity, boundary, session, accessKey, resource } = policies;
  return [...identity, ...session, ...[boundary, accessKey, resource].filter((policy) => policy !== undefined)];
}

function findDeny(asked: AccessCase, policies: Policies): Reason | undefined {
  for (const { origin, document } of everyPolicy(policies)) {
    if (document === 'unreadable') return { kind: 'unreadable', origin };
    const statement = document.statements.find((one) => one.effect === 'Deny' && matchStatement(one, asked) !== 'none');
    if (statement !== undefined) return reasonOf(origin, statement);
  }
  return undefined;
}

function findAllow(asked: AccessCase, policies: readonly AppliedPolicy[]): Reason | undefined {
  for (const { origin, document } of policies) {
    if (document === 'unreadable') continue;
    const statement = document.statements.find(
      (one) => one.effect === 'Allow' && matchStatement(one, asked) !== 'none',
    );
    if (statement !== undefined) return reasonOf(origin, statement);
  }
  return undefined;
}

function reasonOf(origin: PolicyOrigin, { sid, index }: Statement): Reason {
  return { kind: 'statement', origin, sid, index };
}

interface ResourceAllow {
  readonly match: PrincipalMatch;
  readonly reason: Reason | undefined;
}

/** What the bucket's policy, else an ACL, gives. A grant to the account alone says nothing for its users by itself. */
function resourceAllow(asked: AccessCase, policies: Policies, resource: ResourceFacts): ResourceAllow {
  const byAcl: ResourceAllow = policies.allowedByAcl ? { match: 'named', reason: { kind: 'acl' } } : NO_ALLOW;
  const own = asked.principal.kind === 'account' && asked.principal.accountId === resource.accountId;
  const { resource: policy } = policies;
  if (policy === undefined || policy.document === 'unreadable' || (resource.restrictsPublicPolicy && !own))
    return byAcl;
  let best = byAcl;
  for (const statement of policy.document.statements) {
    if (statement.effect !== 'Allow') continue;
    const match = matchStatement(statement, asked);
    if (match === 'none' || closer(best.match, match) === best.match) continue;
    best = { match, reason: reasonOf(policy.origin, statement) };
  }
  return best;
}

const NO_ALLOW: ResourceAllow = { match: 'none', reason: undefined };

/**
 * In its own account a bucket policy's grant to a user stands beside the user's policies and is limited by no boundary; one to a role is
 * limited as the role is; one to a session by nothing (IAM user guide, "Evaluating effective permissions with boundaries").
 */
function reachesPastLimits(match: PrincipalMatch, { principal }: AccessCase): boolean {
  if (match === 'session') return true;
  return match === 'named' && principal.kind === 'account' && principal.roleArn === undefined;
}

function grantOf(
  asked: AccessCase,
  policies: Policies,
  fromResource: ResourceAllow,
  needsBoth: boolean,
): Reason | undefined {
  if (policies.role === 'grants') return { kind: 'role' };
  const fromIdentity = findAllow(asked, policies.identity);
  if (needsBoth) return fromIdentity !== undefined || policies.role === 'accepts' ? fromResource.reason : undefined;
  // `account` hands the decision to the account, whose policies just said nothing.
  return fromIdentity ?? (fromResource.match === 'named' ? fromResource.reason : undefined);
}
