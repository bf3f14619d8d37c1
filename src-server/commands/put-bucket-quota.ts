import { type Bucket, setBucketQuotaBytes, setBucketQuotaObjects } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

/** What is left out stays; what is there and undefined takes the limit away. */
export interface BucketQuota {
  readonly quotaBytes?: Bucket['quotaBytes'];
  readonly quotaObjects?: Bucket['quotaObjects'];
}

export interface PutBucketQuotaInput extends BucketChangeInput {
  readonly quota: BucketQuota;
}

/** Sets how much a bucket may hold; below what it holds now it only stops growing. Throws NoSuchBucket. */
export async function putBucketQuota(tx: WriteTx, input: PutBucketQuotaInput): Promise<void> {
  const { quota } = input;
  if ('quotaBytes' in quota) await changeBucket(tx, input, 'quotaBytes', quota.quotaBytes, setBucketQuotaBytes);
  if ('quotaObjects' in quota) await changeBucket(tx, input, 'quotaObjects', quota.quotaObjects, setBucketQuotaObjects);
}
