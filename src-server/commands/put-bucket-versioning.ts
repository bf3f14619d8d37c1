import { setBucketVersioning } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import type { VersioningState } from '../domain/versioning.ts';
import { type BucketChangeInput, changeBucket } from './support/change-bucket.ts';

export interface PutBucketVersioningInput extends BucketChangeInput {
  readonly versioning: Exclude<VersioningState, 'Off'>;
}

/** Enables or suspends versioning; versions that stand stay. Throws NoSuchBucket. */
export async function putBucketVersioning(tx: WriteTx, input: PutBucketVersioningInput): Promise<void> {
  await changeBucket(tx, input, 'versioning', input.versioning, setBucketVersioning);
}
