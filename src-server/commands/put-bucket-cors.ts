import { type Bucket, setBucketCors } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { assertBucketStands, type BucketRef } from './support/bucket-still-stands.ts';

export interface PutBucketCorsInput {
  readonly bucket: BucketRef;
  /** Undefined removes the configuration. */
  readonly cors: Bucket['cors'];
}

/** Replaces the CORS configuration of a bucket. Throws NoSuchBucket. */
export async function putBucketCors(tx: WriteTx, input: PutBucketCorsInput): Promise<void> {
  assertBucketStands(await setBucketCors(tx, input.bucket.id, input.cors), input.bucket);
}
