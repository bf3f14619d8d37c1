import { sumVersions } from '../db/tables/batch-versions.ts';
import { changeUsage } from '../db/tables/bucket-usage.ts';
import { insertBatch } from '../db/tables/operation.ts';
import { deleteItems, dropStale } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketId, EpochMs, UserId } from '../domain/ids.ts';
import { retireKeys } from './support/displace.ts';
import { type ItemInput, newBatch, requireBatchBucket } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';

export interface BinObjectsInput {
  readonly step: OperationStep;
  readonly bucketId: BucketId;
  readonly items: readonly ItemInput[];
  /** Of delete markers. */
  readonly ownerId: UserId;
  readonly userId: UserId;
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
  /** Are these what the operation counts, or a part of it that nobody sees? */
  readonly isCounted: boolean;
}

/**
 * Deletes some keys of an operation so that it can be undone: behind delete markers, or into the bin where the bucket would
 * keep nothing. No byte is given up.
 *
 * @throws Failure NoSuchBucket; AccessDenied where a lock is in the way; OperationAborted where the operation was cancelled
 */
export async function binObjects(tx: WriteTx, input: BinObjectsInput): Promise<StepResult> {
  const { bucketId, ownerId, userId, nowMs, lockNowMs } = input;
  const { versioning } = await requireBatchBucket(tx, bucketId);
  const shape = { source: versioning, target: versioning, withBodies: false };
  const batchId = await newBatch(tx, input.items, shape);
  const stale = await dropStale(tx, batchId, bucketId);
  const sum = await sumVersions(tx, batchId, bucketId);
  if (sum.objects > 0) {
    const retiring = { batchId, bucketId, ownerId, userId, nowMs, lockNowMs };
    await changeUsage(tx, bucketId, await retireKeys(tx, retiring, versioning));
    const batch = { id: batchId, operation_id: input.step.operationId, bucket_id: bucketId };
    await insertBatch(tx, { ...batch, target_bucket_id: bucketId, handed_over: 0 });
  }
  // The bin itself knows the keys; markers need theirs.
  if (versioning === 'Off') await deleteItems(tx, batchId);
  const counted = input.isCounted ? sum : { objects: 0, bytes: 0 };
  const result = { ...counted, skipped: 0, problems: stale.map((key) => ({ key, code: 'Changed' })) };
  await advance(tx, input.step, result);
  return result;
}
