import { type Bucket, setBucketCors } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketCorsInput extends BucketChangeInput {
  /** Undefined removes the configuration. */
  readonly cors: Bucket['cors'];
}

/** Replaces the CORS configuration of a bucket. Throws NoSuchBucket. */
export async function putBucketCors(tx: WriteTx, input: PutBucketCorsInput): Promise<void> {
  await changeBucket(tx, input, 'cors', input.cors, setBucketCors);
}
