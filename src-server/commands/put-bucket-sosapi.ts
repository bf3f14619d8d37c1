import { setBucketSosapi } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketSosapiInput extends BucketChangeInput {
  readonly speaksSosapi: boolean;
}

/** Turns Veeam's Smart Object Storage API on or off for a bucket. Throws NoSuchBucket. */
export async function putBucketSosapi(tx: WriteTx, input: PutBucketSosapiInput): Promise<void> {
  await changeBucket(tx, input, 'speaksSosapi', input.speaksSosapi, setBucketSosapi);
}
