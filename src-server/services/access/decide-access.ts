import { s3Arn } from '../../domain/arn-names.ts';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { type ConditionContext, joinContexts } from '../../domain/policy/context.ts';
import { type AppliedPolicy, type Decision, decide, type Policies } from '../../domain/policy/decide.ts';
import type { PrincipalFacts } from '../../domain/policy/principal.ts';
import { isPublicPolicy } from '../../domain/policy/public-policy.ts';
import type { AccessCase } from '../../domain/policy/statement.ts';
import { sosapiObjectOf } from '../../domain/sosapi.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { accessContext } from './access-context.ts';
import { aclFacts } from './acl-facts.ts';
import { type ActionClass, classOfAction, isForNarrowKeys } from './action-classes.ts';
import { existingTags } from './existing-tags.ts';
import { policiesOf, readPolicy } from './identity-policies.ts';
import { isOperator } from './is-operator.ts';
import { roleGrant } from './role-grant.ts';

/** May this identity do that, there? `bucket` is absent for actions on the account, `key` for those on a bucket. */
export interface AccessQuestion {
  readonly identity: Identity;
  /** As IAM spells it: `s3:GetObject`. */
  readonly iamAction: string;
  readonly bucket?: BucketName | undefined;
  readonly key?: ObjectKey | undefined;
  readonly versionId?: VersionId | undefined;
  /** Of IAM's own actions: the ARN of the user, role, policy …; left out, `*`. */
  readonly resource?: string | undefined;
  /** About what is made by the request, whose maker asks: a new bucket, a new object's ACL, tags, lock. */
  readonly isForNew?: boolean | undefined;
  /** What the request says that policies may ask for, besides who sent it. */
  readonly facts?: ConditionContext | undefined;
}

const NO_FACTS: ConditionContext = { values: () => undefined };

/**
 * Gathers everything that has a say and decides. Throws NoSuchBucket for an absent bucket, also to anonymous callers: bucket names
 * are global and their existence is no secret, as on AWS.
 */
export async function decideAccess(context: ServiceContext, question: AccessQuestion): Promise<Decision> {
  const { identity, iamAction } = question;
  const actionClass = classOfAction(iamAction);
  if (actionClass === undefined || isOutOfReach(identity, actionClass, iamAction)) return REFUSED;
  if (question.isForNew && question.key === undefined) return decideOn(context, question, 'create-bucket', undefined);
  const isOnBucket = actionClass === 'read' || actionClass === 'write' || actionClass === 'govern';
  if (isOnBucket && question.bucket === undefined) return REFUSED;
  const bucket =
    isOnBucket && question.bucket !== undefined ? await requireBucket(context, question.bucket) : undefined;
  // Those objects are made when they are read: nobody writes them, whatever a policy says.
  if (actionClass === 'write' && bucket?.speaksSosapi && sosapiObjectOf(question.key ?? '') !== undefined)
    return REFUSED;
  return decideOn(context, question, actionClass, bucket);
}

/** What would be decided if the bucket had this policy: PutBucketPolicy asks before its caller locks itself out. */
export async function decideUnderPolicy(
  context: ServiceContext,
  question: AccessQuestion,
  bucket: Bucket,
  policy: string,
): Promise<Decision> {
  const actionClass = classOfAction(question.iamAction);
  return actionClass === undefined ? REFUSED : decideOn(context, question, actionClass, { ...bucket, policy });
}

async function decideOn(
  context: ServiceContext,
  question: AccessQuestion,
  actionClass: ActionClass,
  bucket: Bucket | undefined,
): Promise<Decision> {
  const { identity, iamAction } = question;
  const acl = await aclFacts(context, question, bucket);
  const gathered = await gather(context, question, bucket);
  const policies = acl.foreignOwner === undefined ? gathered : withoutAllows(gathered);
  const accountId =
    acl.foreignOwner?.ownerAccountId ??
    bucket?.ownerAccountId ??
    (identity.kind === 'user' ? identity.accountId : undefined);
  const asked: AccessCase = {
    principal: principalFacts(identity),
    action: iamAction,
    resource: question.resource ?? (question.bucket === undefined ? '*' : s3Arn(question.bucket, question.key)),
    context: joinContexts(
      question.facts ?? NO_FACTS,
      accessContext(identity, context.now(), context.config.region, accountId),
      await existingTags(context, question, bucket, policies),
    ),
  };
  const role =
    identity.kind === 'user'
      ? roleGrant(identity, actionClass, acl.foreignOwner ?? bucket, question.resource)
      : 'silent';
  return decide(
    asked,
    { ...policies, role, allowedByAcl: acl.allows },
    {
      accountId,
      restrictsPublicPolicy: bucket !== undefined && restrictsPublic(bucket, policies.resource),
    },
  );
}

/**
 * What no policy gives: to operate the appliance without being its operator, and, with a key that was narrowed or with temporary
 * credentials of a user (STS API reference, GetSessionToken), to make somebody who may do more.
 */
function isOutOfReach(identity: Identity, actionClass: ActionClass, iamAction: string): boolean {
  if (identity.kind === 'anonymous') return actionClass === 'operate' || iamAction.startsWith('iam:');
  if (actionClass === 'operate') return !isOperator(identity);
  if (identity.session?.kind === 'user' && iamAction.startsWith('iam:')) return true;
  return identity.keyPolicy !== null && !isForNarrowKeys(iamAction);
}

const REFUSED: Decision = { effect: 'ImplicitDeny', reason: { kind: 'nothing' } };

/** Who asks, as policies name them. */
export function principalFacts(identity: Identity): PrincipalFacts {
  if (identity.kind === 'anonymous') return { kind: 'anonymous' };
  return {
    kind: 'account',
    accountId: identity.accountId,
    arn: identity.arn,
    roleArn: identity.session?.kind === 'role' ? identity.session.roleArn : undefined,
    canonicalId: identity.canonicalId,
    isAccountItself: isAccountItself(identity),
  };
}

/** Root, and whoever stands outside of every tenant, is an account of its own (DESIGN §1). */
export function isAccountItself({ role, tenantId, accountHolderId, session }: UserIdentity): boolean {
  return role === 'root' || (tenantId === null && accountHolderId === null && session?.kind !== 'role');
}

/** Policies that apply, before role and ACL. */
export type GatheredPolicies = Omit<Policies, 'role' | 'allowedByAcl'>;

async function gather(
  context: ServiceContext,
  { identity, iamAction }: AccessQuestion,
  bucket: Bucket | undefined,
): Promise<GatheredPolicies> {
  const resource =
    bucket === undefined || cannotBeLockedOut(identity, iamAction, bucket) ? undefined : bucketPolicy(bucket);
  if (identity.kind === 'anonymous') {
    return { identity: [], boundary: undefined, session: [], accessKey: undefined, resource };
  }
  return { ...(await policiesOf(context, identity)), resource };
}

/** A bucket's policy gives nobody what belongs to another account; what it denies stays denied (user guide, "Bucket policies"). */
function withoutAllows(policies: GatheredPolicies): GatheredPolicies {
  const { resource } = policies;
  if (resource === undefined || resource.document === 'unreadable') return policies;
  const statements = resource.document.statements.filter(({ effect }) => effect === 'Deny');
  return { ...policies, resource: { ...resource, document: { ...resource.document, statements } } };
}

const POLICY_ACTIONS: ReadonlySet<string> = new Set([
  's3:DeleteBucketPolicy',
  's3:GetBucketPolicy',
  's3:GetBucketPolicyStatus',
  's3:PutBucketPolicy',
]);

/**
 * A policy that denies everybody everything can still be taken away, by the bucket's owner and by root (API reference, PutBucketPolicy),
 * with their own credentials: not by a session or a narrowed key.
 */
function cannotBeLockedOut(identity: Identity, iamAction: string, bucket: Bucket): boolean {
  if (identity.kind === 'anonymous' || !POLICY_ACTIONS.has(iamAction)) return false;
  if (identity.session !== undefined || identity.keyPolicy !== null) return false;
  return identity.role === 'root' || identity.userId === bucket.ownerId;
}

// Buckets are cached until something changes, so their compiled policies live as long.
const compiled = new WeakMap<Bucket, AppliedPolicy>();

/** The bucket's own policy, compiled once as long as the bucket is cached. */
export function bucketPolicy(bucket: Bucket): AppliedPolicy | undefined {
  if (bucket.policy === undefined) return undefined;
  const known = compiled.get(bucket);
  if (known !== undefined) return known;
  const policy = readPolicy(bucket.policy, 'bucket', { kind: 'bucket', name: bucket.name });
  compiled.set(bucket, policy);
  return policy;
}

function restrictsPublic(bucket: Bucket, policy: AppliedPolicy | undefined): boolean {
  if (bucket.publicAccessBlock?.restrictPublicBuckets !== true || policy === undefined) return false;
  return policy.document === 'unreadable' || isPublicPolicy(policy.document);
}
