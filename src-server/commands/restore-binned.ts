import { changeBinned, deleteBinned, insertRestored, sumBinned } from '../db/tables/binned-object.ts';
import { addUsage } from '../db/tables/bucket-usage.ts';
import { deleteItems, dropOccupied, dropUnbinned } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketId, EpochMs, UserId } from '../domain/ids.ts';
import { lockOfBatch } from './support/batch-locks.ts';
import { displaceOlder } from './support/displace.ts';
import { growUsage } from './support/grow-usage.ts';
import { type ItemInput, newBatch, requireBatchBucket } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';

export interface RestoreBinnedInput {
  readonly step: OperationStep;
  readonly bucketId: BucketId;
  /** Each target key once. */
  readonly items: readonly ItemInput[];
  readonly occupied: 'replace' | 'skip' | 'problem';
  readonly userId: UserId;
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
}

/**
 * Puts objects of the bin back as they were, each as the current version of its key. No byte moves.
 *
 * @throws Failure NoSuchBucket, QuotaExceeded; OperationAborted where the operation was cancelled
 */
export async function restoreBinned(tx: WriteTx, input: RestoreBinnedInput): Promise<StepResult> {
  const { bucketId, userId, nowMs, lockNowMs } = input;
  const { versioning, objectLock } = await requireBatchBucket(tx, bucketId);
  const batchId = await newBatch(tx, input.items, { source: versioning, target: versioning, withBodies: false });
  const gone = await dropUnbinned(tx, batchId, bucketId);
  const occupied = input.occupied === 'replace' ? [] : await dropOccupied(tx, batchId, bucketId);
  const sum = await sumBinned(tx, batchId, bucketId);
  if (sum.objects > 0) {
    await insertRestored(tx, { batchId, bucketId, nowMs }, lockOfBatch(objectLock, { nowMs, lockNowMs }));
    const displacing = { batchId, bucketId, userId, nowMs, lockNowMs };
    const displaced = await displaceOlder(tx, 'target_key', displacing, versioning);
    await deleteBinned(tx, batchId, bucketId);
    await changeBinned(tx, bucketId, { objects: -sum.objects, bytes: -sum.bytes });
    // The bytes were counted while they were in the bin.
    const back = { bytes: 0, versions: sum.objects, objects: sum.objects, uploads: 0 };
    await growUsage(tx, bucketId, addUsage(back, displaced));
  }
  await deleteItems(tx, batchId);
  const exist = input.occupied === 'problem' ? occupied.map((key) => ({ key, code: 'Exists' })) : [];
  const problems = [...gone.map((key) => ({ key, code: 'Gone' })), ...exist];
  const { objects, bytes } = sum;
  const result = { objects, bytes, skipped: occupied.length - exist.length, problems };
  await advance(tx, input.step, result);
  return result;
}
