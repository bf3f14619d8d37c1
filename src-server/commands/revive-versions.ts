import { copyBodies } from '../db/tables/batch-bodies.ts';
import { insertTransferred, sumVersions } from '../db/tables/batch-versions.ts';
import { addUsage } from '../db/tables/bucket-usage.ts';
import { insertBatch } from '../db/tables/operation.ts';
import { deleteItems, dropGone } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketId, EpochMs, UserId } from '../domain/ids.ts';
import { lockOfBatch } from './support/batch-locks.ts';
import { displaceOlder } from './support/displace.ts';
import { growUsage } from './support/grow-usage.ts';
import { type ItemInput, newBatch, requireBatchBucket } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';

export interface ReviveVersionsInput {
  readonly step: OperationStep;
  readonly bucketId: BucketId;
  /** Older versions, each key once; `targetKey` is the key itself. */
  readonly items: readonly ItemInput[];
  readonly userId: UserId;
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
}

/**
 * Makes older versions current again without moving a byte: each is a new version that names the extents of the old one, with
 * its class, tags and metadata. What stood in between stays, or goes into the bin where the bucket would not keep it.
 *
 * @throws Failure NoSuchBucket, QuotaExceeded; OperationAborted where the operation was cancelled
 */
export async function reviveVersions(tx: WriteTx, input: ReviveVersionsInput): Promise<StepResult> {
  const { bucketId, userId, nowMs, lockNowMs } = input;
  const { versioning, objectLock } = await requireBatchBucket(tx, bucketId);
  const batchId = await newBatch(tx, input.items, { source: versioning, target: versioning, withBodies: true });
  const gone = await dropGone(tx, batchId, bucketId);
  const sum = await sumVersions(tx, batchId, bucketId);
  if (sum.objects > 0) {
    await copyBodies(tx, batchId, bucketId);
    await insertTransferred(tx, {
      batchId,
      bucketId,
      targetBucketId: bucketId,
      ownerId: null,
      modifiedMs: nowMs,
      nowMs,
      lock: lockOfBatch(objectLock, { nowMs, lockNowMs }),
    });
    const displacing = { batchId, bucketId, userId, nowMs, lockNowMs };
    const displaced = await displaceOlder(tx, 'target_key', displacing, versioning);
    const added = { bytes: sum.bytes, versions: sum.objects, objects: sum.objects, uploads: 0 };
    await growUsage(tx, bucketId, addUsage(added, displaced));
    const batch = { id: batchId, operation_id: input.step.operationId, bucket_id: bucketId };
    await insertBatch(tx, { ...batch, target_bucket_id: bucketId, handed_over: 0 });
  } else await deleteItems(tx, batchId);
  const result = { ...sum, skipped: 0, problems: gone.map((key) => ({ key, code: 'Gone' })) };
  await advance(tx, input.step, result);
  return result;
}
