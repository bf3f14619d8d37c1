import type { Bucket } from '../../db/tables/bucket.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { EpochMs } from '../../domain/ids.ts';
import { type BucketRef, requireStandingBucket } from './bucket-still-stands.ts';
import { type ChangeActor, recordChange } from './record-change.ts';

/** Settings of a bucket that have a history. */
export type BucketField =
  | 'versioning'
  | 'encryption'
  | 'cors'
  | 'tags'
  | 'ownership'
  | 'speaksSosapi'
  | 'quotaBytes'
  | 'quotaObjects'
  | 'policy'
  | 'publicAccessBlock'
  | 'requestPayer'
  | 'acl'
  | 'objectLock';

/** What every command that changes a bucket's setting is told. */
export interface BucketChangeInput {
  readonly bucket: BucketRef;
  readonly by: ChangeActor;
  readonly nowMs: EpochMs;
}

/** Sets one field by `set` and notes what it was and became. Throws NoSuchBucket. */
export async function changeBucket<F extends BucketField>(
  tx: WriteTx,
  { bucket, by, nowMs }: BucketChangeInput,
  field: F,
  after: Bucket[F],
  set: (tx: WriteTx, id: BucketRef['id'], value: Bucket[F]) => Promise<boolean>,
): Promise<void> {
  const stands = await requireStandingBucket(tx, bucket);
  await set(tx, bucket.id, after);
  // Read again, so that equal values are equal texts in the history.
  const became = await requireStandingBucket(tx, bucket);
  await recordChange(tx, {
    scope: 'bucket',
    target: String(bucket.id),
    field,
    before: stands[field],
    after: became[field],
    by,
    nowMs,
  });
}
