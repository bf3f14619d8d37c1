import { type Bucket, setBucketOwnership } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketOwnershipControlsInput extends BucketChangeInput {
  /** Undefined removes the controls. */
  readonly ownership: Bucket['ownership'];
}

/** Replaces the ownership controls of a bucket. Throws NoSuchBucket. */
export async function putBucketOwnershipControls(tx: WriteTx, input: PutBucketOwnershipControlsInput): Promise<void> {
  await changeBucket(tx, input, 'ownership', input.ownership, setBucketOwnership);
}
