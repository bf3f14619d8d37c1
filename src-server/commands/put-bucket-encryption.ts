import { type Bucket, setBucketEncryption } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketEncryptionInput extends BucketChangeInput {
  /** Undefined removes the configuration. */
  readonly encryption: Bucket['encryption'];
}

/** Replaces the default encryption of a bucket; objects that stand stay as they are. Throws NoSuchBucket. */
export async function putBucketEncryption(tx: WriteTx, input: PutBucketEncryptionInput): Promise<void> {
  await changeBucket(tx, input, 'encryption', input.encryption, setBucketEncryption);
}
