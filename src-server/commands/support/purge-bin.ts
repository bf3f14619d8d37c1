import { releaseBodies } from '../../db/tables/batch-bodies.ts';
import type { BatchSum } from '../../db/tables/batch-versions.ts';
import { changeBinned, deleteBinned, noteBinnedBodies, sumBinned } from '../../db/tables/binned-object.ts';
import { changeUsage, NO_USAGE } from '../../db/tables/bucket-usage.ts';
import { deleteItems, dropUnbinned } from '../../db/tables/operation-item.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { BucketId, EpochMs } from '../../domain/ids.ts';
import { type ItemInput, newBatch } from './new-batch.ts';

/** Gives up objects of a bin for good, as far as they are still there; counters follow. */
export async function purgeFromBin(
  tx: WriteTx,
  bucketId: BucketId,
  items: readonly ItemInput[],
  nowMs: EpochMs,
): Promise<BatchSum> {
  const batchId = await newBatch(tx, items, { source: 'Off', target: 'Off', withBodies: false });
  await dropUnbinned(tx, batchId, bucketId);
  const sum = await sumBinned(tx, batchId, bucketId);
  await noteBinnedBodies(tx, batchId, bucketId);
  await releaseBodies(tx, batchId, nowMs);
  await deleteBinned(tx, batchId, bucketId);
  await changeBinned(tx, bucketId, { objects: -sum.objects, bytes: -sum.bytes });
  await changeUsage(tx, bucketId, { ...NO_USAGE, bytes: -sum.bytes });
  await deleteItems(tx, batchId);
  return sum;
}
