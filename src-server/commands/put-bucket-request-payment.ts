import { type Bucket, setRequestPayer } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketRequestPaymentInput extends BucketChangeInput {
  readonly requestPayer: Bucket['requestPayer'];
}

/** Notes who pays for requests. Throws NoSuchBucket. */
export async function putBucketRequestPayment(tx: WriteTx, input: PutBucketRequestPaymentInput): Promise<void> {
  await changeBucket(tx, input, 'requestPayer', input.requestPayer, setRequestPayer);
}
