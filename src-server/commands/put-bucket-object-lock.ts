import { setBucketObjectLock } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketLock, checkDefaultRetention } from '../domain/bucket-lock.ts';
import { Failure } from '../domain/failure.ts';
import { requireStandingBucket } from './support/bucket-still-stands.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketObjectLockInput extends BucketChangeInput {
  readonly objectLock: BucketLock;
}

/**
 * Turns Object Lock on, or sets the default retention of new versions; versions that stand keep what they have. There is no
 * way back. Throws NoSuchBucket; InvalidBucketState without versioning, InvalidArgument for no length of time.
 */
export async function putBucketObjectLock(tx: WriteTx, input: PutBucketObjectLockInput): Promise<void> {
  const { defaultRetention } = input.objectLock;
  if (defaultRetention !== undefined) checkDefaultRetention(defaultRetention);
  const { versioning } = await requireStandingBucket(tx, input.bucket);
  if (versioning !== 'Enabled') {
    const message = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
    throw new Failure('InvalidBucketState', message);
  }
  await changeBucket(tx, input, 'objectLock', input.objectLock, setBucketObjectLock);
}
