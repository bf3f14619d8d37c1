import { type Bucket, setBucketTags } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketTaggingInput extends BucketChangeInput {
  /** Undefined removes the tag set. */
  readonly tags: Bucket['tags'];
}

/** Replaces the tag set of a bucket. Throws NoSuchBucket. */
export async function putBucketTagging(tx: WriteTx, input: PutBucketTaggingInput): Promise<void> {
  await changeBucket(tx, input, 'tags', input.tags, setBucketTags);
}
