import { hideOlder, promoteNewest, sumOlder } from '../db/tables/batch-versions.ts';
import { changeBinned, deleteBinned, insertReturned, sumBinned } from '../db/tables/binned-object.ts';
import { deleteItems, dropUnbinned, dropWhereNullStands } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BucketId } from '../domain/ids.ts';
import { growUsage } from './support/grow-usage.ts';
import { type ItemInput, newBatch } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';

export interface ReturnBinnedInput {
  readonly step: OperationStep;
  readonly bucketId: BucketId;
  readonly items: readonly ItemInput[];
  /** Are these what the operation counts, or a part of it that nobody sees? */
  readonly isCounted: boolean;
}

/**
 * Takes back that objects were put into the bin: each stands again where it stood among the versions of its key, unless that
 * place has been taken.
 *
 * @throws Failure QuotaExceeded (of objects); OperationAborted where the operation was cancelled
 */
export async function returnBinned(tx: WriteTx, input: ReturnBinnedInput): Promise<StepResult> {
  const { bucketId } = input;
  const batchId = await newBatch(tx, input.items, { source: 'Off', target: 'Off', withBodies: false });
  const gone = await dropUnbinned(tx, batchId, bucketId);
  const taken = await dropWhereNullStands(tx, batchId, bucketId);
  const sum = await sumBinned(tx, batchId, bucketId);
  const before = await sumOlder(tx, 'key', batchId, bucketId);
  await insertReturned(tx, batchId, bucketId);
  await hideOlder(tx, 'key', batchId, bucketId);
  const visible = await promoteNewest(tx, batchId, bucketId);
  await deleteBinned(tx, batchId, bucketId);
  await changeBinned(tx, bucketId, { objects: -sum.objects, bytes: -sum.bytes });
  // The bytes were counted while they were in the bin.
  const back = { bytes: 0, versions: sum.versions, objects: visible - before.visible, uploads: 0 };
  await growUsage(tx, bucketId, back);
  await deleteItems(tx, batchId);
  const problems = [...gone.map((key) => ({ key, code: 'Gone' })), ...taken.map((key) => ({ key, code: 'Exists' }))];
  const { objects, bytes } = sum;
  const counted = input.isCounted ? { objects, bytes } : { objects: 0, bytes: 0 };
  const result = { ...counted, skipped: 0, problems };
  await advance(tx, input.step, result);
  return result;
}
