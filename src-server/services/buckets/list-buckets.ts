import { type BucketScope, type ListedBucket, listBuckets as listBucketRows } from '../../db/tables/bucket.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { requireUser } from '../access/require-user.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity, UserIdentity } from '../identity.ts';

export interface ListBucketsRequest {
  /** Names after this one; `''` from the start. */
  readonly after: string;
  readonly prefix: string;
  /** At least 1. */
  readonly limit: number;
}

export interface BucketPage {
  readonly buckets: readonly ListedBucket[];
  /** There are more after the last of `buckets`. */
  readonly isTruncated: boolean;
}

/** A page, by name, of the buckets that the caller's role lists. Throws AccessDenied for anonymous callers. */
export async function listBuckets(
  context: ServiceContext,
  identity: Identity,
  request: ListBucketsRequest,
): Promise<BucketPage> {
  const scope = listedScope(requireUser(identity));
  const { after, prefix, limit } = request;
  const rows = await context.catalogue.read((tx) => listBucketRows(tx, scope, { after, prefix, limit: limit + 1 }));
  return { buckets: rows.slice(0, limit), isTruncated: rows.length > limit };
}

/** DESIGN §1: `admin` its tenant's or all, `user` its own, `readonly` its tenant's. */
function listedScope(user: UserIdentity): BucketScope {
  switch (user.role) {
    case 'root':
      return { kind: 'all' };
    case 'admin':
      return user.tenantId === null ? { kind: 'all' } : { kind: 'account', accountId: user.accountId };
    case 'user':
    case 'none':
      return { kind: 'owner', ownerId: user.userId };
    case 'readonly':
      return { kind: 'account', accountId: user.accountId };
    default:
      return assertNever(user.role);
  }
}
