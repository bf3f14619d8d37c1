import { type Bucket, findBucket, insertBucket } from '../db/tables/bucket.ts';
import { insertUsage } from '../db/tables/bucket-usage.ts';
import { findUserById } from '../db/tables/iam-user.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { BucketId, BucketName, EpochMs, UserId } from '../domain/ids.ts';

export interface CreateBucketInput {
  readonly name: BucketName;
  readonly ownerId: UserId;
  readonly location: string | null;
  readonly ownership: Exclude<Bucket['ownership'], undefined>;
  readonly tags: Bucket['tags'];
  /** Left out: `Off`. */
  readonly versioning?: 'Off' | 'Enabled';
  readonly cors?: Bucket['cors'];
  readonly encryption?: Bucket['encryption'];
  readonly nowMs: EpochMs;
}

/**
 * Takes a name, which is global, and makes an empty bucket with its counters. Throws BucketAlreadyOwnedByYou where the
 * caller's account holds the name and the caller may use the bucket, else BucketAlreadyExists; AccessDenied where the
 * owner is gone.
 */
export async function createBucket(tx: WriteTx, input: CreateBucketInput): Promise<void> {
  const owner = await findUserById(tx, input.ownerId);
  if (owner === undefined) throw new Failure('AccessDenied');
  const taken = await findBucket(tx, input.name);
  if (taken !== undefined) {
    const sharesAccount = taken.ownerAccountId === owner.account_id && owner.role === 'admin';
    const isOwn = taken.ownerId === owner.id || sharesAccount;
    throw new Failure(isOwn ? 'BucketAlreadyOwnedByYou' : 'BucketAlreadyExists', undefined, {
      fields: { BucketName: input.name },
    });
  }
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as BucketId;
  await insertBucket(tx, {
    id,
    name: input.name,
    ownerId: owner.id,
    createdMs: input.nowMs,
    location: input.location,
    versioning: input.versioning ?? 'Off',
    ownership: input.ownership,
    tags: input.tags,
    cors: input.cors,
    encryption: input.encryption,
  });
  await insertUsage(tx, id);
}
