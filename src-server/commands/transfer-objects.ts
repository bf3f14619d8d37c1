import { copyBodies } from '../db/tables/batch-bodies.ts';
import { deleteTaken, insertTransferred, promoteNewest, sumVersions } from '../db/tables/batch-versions.ts';
import type { BatchBucket } from '../db/tables/bucket.ts';
import { addUsage, changeUsage, type UsageDelta } from '../db/tables/bucket-usage.ts';
import { insertBatch } from '../db/tables/operation.ts';
import { deleteItems, dropOccupied, dropStale } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BatchId, BucketId, EpochMs, UserId } from '../domain/ids.ts';
import { dropLocked, guardOfBatch, LOCKED, lockOfBatch } from './support/batch-locks.ts';
import { displaceOlder, retireKeys } from './support/displace.ts';
import { growUsage } from './support/grow-usage.ts';
import { type ItemInput, newBatch, requireBatchBucket } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';

export interface TransferObjectsInput {
  readonly step: OperationStep;
  readonly bucketId: BucketId;
  readonly targetBucketId: BucketId;
  /** Each target key once. */
  readonly items: readonly ItemInput[];
  readonly isMove: boolean;
  /** A move that undoes one: what it takes goes without a trace, and what stood below is current again. */
  readonly takesBack: boolean;
  /** What to do where the target has an object: put it aside, leave the key out in silence, or say so. */
  readonly occupied: 'replace' | 'skip' | 'problem';
  /** Owner of what stands at the target; null keeps each object's own. */
  readonly ownerId: UserId | null;
  /** Owner of delete markers at the source. */
  readonly markerOwnerId: UserId;
  readonly userId: UserId;
  readonly nowMs: EpochMs;
  readonly lockNowMs: EpochMs;
  /** Can it be undone? Then what it did is noted. */
  readonly isNoted: boolean;
}

/**
 * Copies or moves some keys of an operation without moving a byte: a copy names the source's extents once more, a move from
 * a bucket without versions hands the body over, and any other leaves a delete marker. Progress is part of it, so that after
 * a crash nothing is done twice. What is locked is not handed over; at the target the bucket's own lock counts. A moved
 * object keeps its time of change, as with AWS's RenameObject; a copy is new.
 *
 * @throws Failure NoSuchBucket, QuotaExceeded; OperationAborted where the operation was cancelled
 */
export async function transferObjects(tx: WriteTx, input: TransferObjectsInput): Promise<StepResult> {
  const { bucketId, targetBucketId } = input;
  const { versioning: source } = await requireBatchBucket(tx, bucketId);
  const target = await requireBatchBucket(tx, targetBucketId);
  const guard = guardOfBatch(input.lockNowMs);
  const handedOver = input.isMove && (source === 'Off' || input.takesBack);
  const batchId = await newBatch(tx, input.items, { source, target: target.versioning, withBodies: !handedOver });
  const stale = await dropStale(tx, batchId, bucketId);
  const locked = handedOver ? await dropLocked(tx, batchId, bucketId, guard) : [];
  const occupied = input.occupied === 'replace' ? [] : await dropOccupied(tx, batchId, targetBucketId);
  const sum = await sumVersions(tx, batchId, bucketId);
  if (sum.objects > 0) {
    if (!handedOver) await copyBodies(tx, batchId, bucketId);
    const displaced = await placeAtTarget(tx, input, batchId, target);
    if (handedOver) {
      const deleted = await deleteTaken(tx, batchId, bucketId, guard);
      if (deleted !== sum.objects) throw new Error('a locked version was about to be moved');
      const promoted = source === 'Off' ? 0 : await promoteNewest(tx, batchId, bucketId);
      const objects = promoted - sum.objects;
      await changeUsage(tx, bucketId, { bytes: -sum.bytes, versions: -sum.objects, objects, uploads: 0 });
    } else if (input.isMove) {
      const { userId, nowMs, lockNowMs, markerOwnerId } = input;
      const bin = { batchId, bucketId, userId, nowMs, lockNowMs, ownerId: markerOwnerId };
      await changeUsage(tx, bucketId, await retireKeys(tx, bin, source));
    }
    // Last: what a move takes away has made room by then.
    const placed = { bytes: sum.bytes, versions: sum.objects, objects: sum.objects, uploads: 0 };
    await growUsage(tx, targetBucketId, addUsage(placed, displaced));
  }
  await note(tx, input, batchId, handedOver, sum.objects);
  const changed = stale.map((key) => ({ key, code: 'Changed' }));
  const exist = input.occupied === 'problem' ? occupied.map((key) => ({ key, code: 'Exists' })) : [];
  const kept = locked.map((key) => ({ key, code: LOCKED }));
  const result = { ...sum, skipped: occupied.length - exist.length, problems: [...changed, ...kept, ...exist] };
  await advance(tx, input.step, result);
  return result;
}

/** Answers what the keys' older objects change in the counters. */
async function placeAtTarget(
  tx: WriteTx,
  input: TransferObjectsInput,
  batchId: BatchId,
  { versioning, objectLock }: BatchBucket,
): Promise<UsageDelta> {
  const { bucketId, targetBucketId, userId, nowMs, lockNowMs, ownerId, isMove } = input;
  const lock = lockOfBatch(objectLock, { nowMs, lockNowMs });
  const modifiedMs = isMove ? null : nowMs;
  await insertTransferred(tx, { batchId, bucketId, targetBucketId, ownerId, modifiedMs, nowMs, lock });
  const bin = { batchId, bucketId: targetBucketId, userId, nowMs, lockNowMs };
  return displaceOlder(tx, 'target_key', bin, versioning);
}

async function note(
  tx: WriteTx,
  { step, isNoted, bucketId, targetBucketId }: TransferObjectsInput,
  batchId: BatchId,
  handedOver: boolean,
  objects: number,
): Promise<void> {
  if (!isNoted || objects === 0) return deleteItems(tx, batchId);
  await insertBatch(tx, {
    id: batchId,
    operation_id: step.operationId,
    bucket_id: bucketId,
    target_bucket_id: targetBucketId,
    handed_over: handedOver ? 1 : 0,
  });
}
