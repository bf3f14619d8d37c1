import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { contextOf } from '../../domain/policy/context.ts';
import type { Decision, Reason } from '../../domain/policy/decide.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { authorize } from './authorize.ts';
import { decideAccess } from './decide-access.ts';
import { type AskedPrincipal, findAskedPrincipal } from './hypothetical-identity.ts';

/** May they do that, there? */
export interface AccessInquiry {
  /** Undefined: the one who asks. */
  readonly principal: AskedPrincipal | undefined;
  /** As IAM spells it: `s3:GetObject`. */
  readonly action: string;
  readonly bucket: BucketName | undefined;
  readonly key: ObjectKey | undefined;
  /** Of IAM's own actions: the ARN of what it is about. */
  readonly resource: string | undefined;
  /** Condition keys that the request would have, besides those of who asks. */
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * What access control would answer, and why, without anybody doing it. About oneself, as one is, everybody may ask; about others who may simulate their
 * policies and, where a bucket has a say, see its policy. Throws AccessDenied, NoSuchBucket, NoSuchEntity.
 */
export async function explainAccess(
  context: ServiceContext,
  caller: UserIdentity & Identity,
  inquiry: AccessInquiry,
): Promise<Decision> {
  const { principal, action, bucket, key, resource, facts } = inquiry;
  const identity = principal === undefined ? caller : await findPrincipal(context, caller, principal);
  const maySeeBucket = bucket === undefined || (await maySeePolicy(context, caller, bucket));
  // With facts of one's choosing a policy could be felt out that one may not see.
  const isThought = principal !== undefined || Object.keys(facts).length > 0;
  if (isThought && !maySeeBucket)
    await authorize(context, { identity: caller, iamAction: 's3:GetBucketPolicy', bucket });
  const decision = await decideAccess(context, {
    identity,
    iamAction: action,
    bucket,
    key,
    resource,
    facts: contextOf(facts),
  });
  return maySeeBucket ? decision : { ...decision, reason: withoutStatement(decision.reason) };
}

async function findPrincipal(
  context: ServiceContext,
  caller: UserIdentity & Identity,
  principal: AskedPrincipal,
): Promise<Identity> {
  const identity = await context.catalogue.read((tx) => findAskedPrincipal(tx, caller, principal, context.now()));
  if (identity.kind === 'user') {
    const resource = identity.session?.kind === 'role' ? identity.session.roleArn : identity.arn;
    await authorize(context, { identity: caller, iamAction: 'iam:SimulatePrincipalPolicy', resource });
  }
  return identity;
}

/** May this one see what a bucket's policy says? */
export async function maySeePolicy(context: ServiceContext, caller: Identity, bucket: BucketName): Promise<boolean> {
  return (
    (await decideAccess(context, { identity: caller, iamAction: 's3:GetBucketPolicy', bucket })).effect === 'Allow'
  );
}

/** A bucket's policy is its owner's: to others it is enough that it decided. */
function withoutStatement(reason: Reason): Reason {
  if (reason.kind !== 'statement' || reason.origin.kind !== 'bucket') return reason;
  return { kind: 'limit', origin: reason.origin };
}
