import { releaseBodies } from '../db/tables/batch-bodies.ts';
import { deleteTaken, promoteNewest, sumTaken } from '../db/tables/batch-versions.ts';
import { binUnlessTwin, changeBinned } from '../db/tables/binned-object.ts';
import { changeUsage } from '../db/tables/bucket-usage.ts';
import { deleteItems, dropGone } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketId, EpochMs, UserId } from '../domain/ids.ts';
import { dropLocked, guardOfBatch, LOCKED } from './support/batch-locks.ts';
import { type ItemInput, newBatch, requireBatchBucket } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';

export interface WithdrawVersionsInput {
  readonly step: OperationStep;
  readonly bucketId: BucketId;
  /** Versions or markers that an operation made; `targetKey`: where the same content should still stand. */
  readonly items: readonly ItemInput[];
  readonly twinBucketId: BucketId;
  readonly userId: UserId;
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
  /** Are these what the operation counts, or a part of it that nobody sees? */
  readonly isCounted: boolean;
}

/**
 * Takes back versions and markers that an operation made, exactly those; what stood below becomes current again. A copy whose
 * content no longer stands where it came from goes into the bin instead of being given up. What is locked stays.
 *
 * @throws Failure NoSuchBucket; OperationAborted where the operation was cancelled
 */
export async function withdrawVersions(tx: WriteTx, input: WithdrawVersionsInput): Promise<StepResult> {
  const { bucketId, userId, nowMs } = input;
  const guard = guardOfBatch(input.lockNowMs);
  const { versioning } = await requireBatchBucket(tx, bucketId);
  const batchId = await newBatch(tx, input.items, { source: versioning, target: versioning, withBodies: false });
  const gone = await dropGone(tx, batchId, bucketId);
  const locked = await dropLocked(tx, batchId, bucketId, guard);
  const taken = await sumTaken(tx, batchId, bucketId);
  const binned = await binUnlessTwin(tx, { batchId, bucketId, userId, nowMs }, input.twinBucketId);
  await changeBinned(tx, bucketId, binned);
  await releaseBodies(tx, batchId, nowMs);
  const deleted = await deleteTaken(tx, batchId, bucketId, guard);
  if (deleted !== taken.versions) throw new Error('a locked version was about to be withdrawn');
  const promoted = await promoteNewest(tx, batchId, bucketId);
  await changeUsage(tx, bucketId, {
    bytes: binned.bytes - taken.bytes,
    versions: -taken.versions,
    objects: promoted - taken.visible,
    uploads: 0,
  });
  await deleteItems(tx, batchId);
  const changed = input.isCounted ? gone.map((key) => ({ key, code: 'Changed' })) : [];
  const problems = [...changed, ...locked.map((key) => ({ key, code: LOCKED }))];
  const counted = input.isCounted ? { objects: taken.versions, bytes: taken.bytes } : { objects: 0, bytes: 0 };
  const result = { ...counted, skipped: 0, problems };
  await advance(tx, input.step, result);
  return result;
}
