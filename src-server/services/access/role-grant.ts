import { assertNever } from '../../domain/assert-never.ts';
import type { RoleGrant } from '../../domain/policy/decide.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { UserIdentity } from '../identity.ts';
import type { ActionClass } from './action-classes.ts';
import { isOperator } from './is-operator.ts';

type OwnedBucket = Pick<Bucket, 'ownerId' | 'ownerAccountId'>;

/**
 * What the built-in role says of an action (DESIGN §1, "Provisioning file"). Compares ids, never names: a name can be deleted and taken by
 * another tenant.
 *
 * @param bucket of actions on one
 * @param resource the ARN of IAM's things; undefined where the command decides whom it is about
 */
export function roleGrant(
  user: UserIdentity,
  actionClass: ActionClass,
  bucket: OwnedBucket | undefined,
  resource: string | undefined,
): RoleGrant {
  if (actionClass === 'own-sign-in') return user.session === undefined ? 'grants' : 'silent';
  if (user.role === 'none') return 'silent';
  switch (actionClass) {
    case 'list-own-buckets':
      return 'grants';
    case 'account':
      return resource === undefined || resource === user.arn || isAdmin(user) ? 'grants' : 'silent';
    case 'own-account':
      return resource === user.arn || isAdmin(user) ? 'grants' : 'silent';
    case 'administer':
      return isAdmin(user) ? 'grants' : 'silent';
    case 'operate':
      return isOperator(user) ? 'grants' : 'silent';
    case 'assume':
      // A role's trust policy has its say, which nothing here knows of (`services/sts`).
      return 'silent';
    case 'create-bucket':
      return user.role === 'readonly' ? 'silent' : 'grants';
    case 'govern':
      return bucket === undefined ? 'silent' : governGrant(user, bucket);
    case 'read':
    case 'write':
      return bucket === undefined ? 'silent' : bucketGrant(user, actionClass, bucket);
    default:
      return assertNever(actionClass);
  }
}

function isAdmin({ role }: UserIdentity): boolean {
  return role === 'admin' || role === 'root';
}

function governGrant(user: UserIdentity, bucket: OwnedBucket): RoleGrant {
  if (isOperator(user)) return 'grants';
  return user.role === 'admin' && bucket.ownerAccountId === user.accountId ? 'grants' : 'silent';
}

function bucketGrant(user: UserIdentity, actionClass: 'read' | 'write', bucket: OwnedBucket): RoleGrant {
  const isStrange = bucket.ownerAccountId !== user.accountId;
  switch (user.role) {
    case 'root':
      return 'grants';
    case 'admin':
      return user.tenantId === null || !isStrange ? 'grants' : 'accepts';
    case 'user':
      if (bucket.ownerId === user.userId) return 'grants';
      return isStrange ? 'accepts' : 'silent';
    case 'readonly':
      if (actionClass === 'write') return 'silent';
      return isStrange ? 'accepts' : 'grants';
    case 'none':
      return 'silent';
    default:
      return assertNever(user.role);
  }
}
