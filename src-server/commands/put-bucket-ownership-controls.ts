import { type Bucket, setBucketOwnership } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { assertBucketStands, type BucketRef } from './support/bucket-still-stands.ts';

export interface PutBucketOwnershipControlsInput {
  readonly bucket: BucketRef;
  /** Undefined removes the controls. */
  readonly ownership: Bucket['ownership'];
}

/** Replaces the ownership controls of a bucket. Throws NoSuchBucket. */
export async function putBucketOwnershipControls(tx: WriteTx, input: PutBucketOwnershipControlsInput): Promise<void> {
  assertBucketStands(await setBucketOwnership(tx, input.bucket.id, input.ownership), input.bucket);
}
