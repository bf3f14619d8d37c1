import { type Bucket, setBucketEncryption } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { assertBucketStands, type BucketRef } from './support/bucket-still-stands.ts';

export interface PutBucketEncryptionInput {
  readonly bucket: BucketRef;
  /** Undefined removes the configuration. */
  readonly encryption: Bucket['encryption'];
}

/** Replaces the default encryption of a bucket; objects that stand stay as they are. Throws NoSuchBucket. */
export async function putBucketEncryption(tx: WriteTx, input: PutBucketEncryptionInput): Promise<void> {
  assertBucketStands(await setBucketEncryption(tx, input.bucket.id, input.encryption), input.bucket);
}
