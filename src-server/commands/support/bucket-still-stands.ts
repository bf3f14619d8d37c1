import { type Bucket, findBucket } from '../../db/tables/bucket.ts';
import type { ReadTx } from '../../db/tx.ts';
import { noSuchBucket } from '../../domain/absent-bucket.ts';
import type { BucketId, BucketName } from '../../domain/ids.ts';

/**
 * The bucket that a command changes. Commands go by the id, so that a decision about a bucket never lands on another one
 * that took its name since; the name is for the answer.
 */
export interface BucketRef {
  readonly id: BucketId;
  readonly name: BucketName;
}

/** Throws NoSuchBucket where the bucket was deleted since the caller looked. */
export function assertBucketStands(stands: boolean, bucket: BucketRef): void {
  if (!stands) throw noSuchBucket(bucket.name);
}

/** The bucket as it stands now. Throws NoSuchBucket where it was deleted since the caller looked. */
export async function requireStandingBucket(tx: ReadTx, ref: BucketRef): Promise<Bucket> {
  const stands = await findBucket(tx, ref.name);
  if (stands?.id !== ref.id) throw noSuchBucket(ref.name);
  return stands;
}
