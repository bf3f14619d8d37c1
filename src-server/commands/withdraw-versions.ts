import { releaseBodies } from '../db/tables/batch-bodies.ts';
import { deleteTaken, promoteNewest, sumTaken } from '../db/tables/batch-versions.ts';
import { binUnlessTwin, changeBinned } from '../db/tables/binned-object.ts';
import { changeUsage } from '../db/tables/bucket-usage.ts';
import { deleteItems, dropGone } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketId, EpochMs, UserId } from '../domain/ids.ts';
import { type ItemInput, newBatch, requireVersioning } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';

export interface WithdrawVersionsInput {
  readonly step: OperationStep;
  readonly bucketId: BucketId;
  /** Versions or markers that an operation made; `targetKey`: where the same content should still stand. */
  readonly items: readonly ItemInput[];
  readonly twinBucketId: BucketId;
  readonly userId: UserId;
  readonly nowMs: EpochMs;
  /** Are these what the operation counts, or a part of it that nobody sees? */
  readonly isCounted: boolean;
}

/**
 * Takes back versions and markers that an operation made, exactly those; what stood below becomes current again. A copy whose
 * content no longer stands where it came from goes into the bin instead of being given up.
 *
 * @throws Failure NoSuchBucket; OperationAborted where the operation was cancelled
 */
export async function withdrawVersions(tx: WriteTx, input: WithdrawVersionsInput): Promise<StepResult> {
  const { bucketId, userId, nowMs } = input;
  const versioning = await requireVersioning(tx, bucketId);
  const batchId = await newBatch(tx, input.items, { source: versioning, target: versioning, withBodies: false });
  const gone = await dropGone(tx, batchId, bucketId);
  const taken = await sumTaken(tx, batchId, bucketId);
  const binned = await binUnlessTwin(tx, { batchId, bucketId, userId, nowMs }, input.twinBucketId);
  await changeBinned(tx, bucketId, binned);
  await releaseBodies(tx, batchId, nowMs);
  await deleteTaken(tx, batchId, bucketId);
  const promoted = await promoteNewest(tx, batchId, bucketId);
  await changeUsage(tx, bucketId, {
    bytes: binned.bytes - taken.bytes,
    versions: -taken.versions,
    objects: promoted - taken.visible,
    uploads: 0,
  });
  await deleteItems(tx, batchId);
  const problems = input.isCounted ? gone.map((key) => ({ key, code: 'Changed' })) : [];
  const counted = input.isCounted ? { objects: taken.versions, bytes: taken.bytes } : { objects: 0, bytes: 0 };
  const result = { ...counted, skipped: 0, problems };
  await advance(tx, input.step, result);
  return result;
}
