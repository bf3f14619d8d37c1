import { type Bucket, setBucketTags } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { assertBucketStands, type BucketRef } from './support/bucket-still-stands.ts';

export interface PutBucketTaggingInput {
  readonly bucket: BucketRef;
  /** Undefined removes the tag set. */
  readonly tags: Bucket['tags'];
}

/** Replaces the tag set of a bucket. Throws NoSuchBucket. */
export async function putBucketTagging(tx: WriteTx, input: PutBucketTaggingInput): Promise<void> {
  assertBucketStands(await setBucketTags(tx, input.bucket.id, input.tags), input.bucket);
}
