import { setBucketVersioning } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import { requireSuspendable } from '../domain/bucket-lock.ts';
import type { VersioningState } from '../domain/versioning.ts';
import { requireStandingBucket } from './support/bucket-still-stands.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketVersioningInput extends BucketChangeInput {
  readonly versioning: Exclude<VersioningState, 'Off'>;
}

/**
 * Enables or suspends versioning; versions that stand stay. Throws NoSuchBucket; InvalidBucketState for a suspension where
 * Object Lock is on: a `null` version is replaced by the next one.
 */
export async function putBucketVersioning(tx: WriteTx, input: PutBucketVersioningInput): Promise<void> {
  const { objectLock } = await requireStandingBucket(tx, input.bucket);
  if (input.versioning === 'Suspended') requireSuspendable(objectLock);
  await changeBucket(tx, input, 'versioning', input.versioning, setBucketVersioning);
}
