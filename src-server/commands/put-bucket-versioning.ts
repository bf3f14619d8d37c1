import { setBucketVersioning } from '../db/tables/bucket.ts';
import type { WriteTx } from '../db/tx.ts';
import type { VersioningState } from '../domain/versioning.ts';
import { assertBucketStands, type BucketRef } from './support/bucket-still-stands.ts';

export interface PutBucketVersioningInput {
  readonly bucket: BucketRef;
  readonly versioning: Exclude<VersioningState, 'Off'>;
}

/** Enables or suspends versioning; versions that stand stay. Throws NoSuchBucket. */
export async function putBucketVersioning(tx: WriteTx, input: PutBucketVersioningInput): Promise<void> {
  assertBucketStands(await setBucketVersioning(tx, input.bucket.id, input.versioning), input.bucket);
}
