import { assertNever } from '../../domain/assert-never.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';
import { type ActionClass, classOfAction } from './action-classes.ts';
import { isOperator } from './is-operator.ts';

/** May this identity do that, there? `bucket` is absent for actions on the account, `key` for those on a bucket. */
export interface AccessQuestion {
  readonly identity: Identity;
  /** As IAM spells it: `s3:GetObject`. */
  readonly iamAction: string;
  readonly bucket?: BucketName | undefined;
  readonly key?: ObjectKey | undefined;
}

/**
 * The one decision about access (DESIGN §1, "Provisioning file"). Everything that is not allowed is denied: anonymous
 * callers, unknown actions, a bucket action without a bucket.
 *
 * Throws AccessDenied; NoSuchBucket for an absent bucket where the caller is signed in, since bucket names are global and
 * their existence is no secret among users (CreateBucket tells it too), as on AWS.
 */
export async function authorize(context: ServiceContext, question: AccessQuestion): Promise<void> {
  const { identity, iamAction } = question;
  const actionClass = classOfAction(iamAction);
  if (identity.kind !== 'user' || actionClass === undefined) throw accessDenied();
  switch (actionClass) {
    case 'list-own-buckets':
    case 'account':
      return;
    case 'administer':
      if (identity.role !== 'admin' && identity.role !== 'root') throw accessDenied();
      return;
    case 'operate':
      if (!isOperator(identity)) throw accessDenied();
      return;
    case 'create-bucket':
      if (identity.role === 'readonly') throw accessDenied();
      return;
    case 'read':
    case 'write': {
      if (question.bucket === undefined) throw accessDenied();
      const bucket = await requireBucket(context, question.bucket);
      if (!mayUseBucket(identity, actionClass, bucket)) throw accessDenied();
      return;
    }
    default:
      assertNever(actionClass);
  }
}

/** The role's part of the decision. Compares ids, never names: a name can be deleted and taken by another tenant. */
function mayUseBucket(
  identity: UserIdentity,
  actionClass: Extract<ActionClass, 'read' | 'write'>,
  bucket: Pick<Bucket, 'ownerId' | 'ownerAccountId'>,
): boolean {
  switch (identity.role) {
    case 'root':
      return true;
    case 'admin':
      return identity.tenantId === null || bucket.ownerAccountId === identity.accountId;
    case 'user':
      return bucket.ownerId === identity.userId;
    case 'readonly':
      return actionClass === 'read' && bucket.ownerAccountId === identity.accountId;
    default:
      return assertNever(identity.role);
  }
}

function accessDenied(): Failure {
  return new Failure('AccessDenied');
}
