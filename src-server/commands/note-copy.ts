import { insertBatch } from '../db/tables/operation.ts';
import { insertItems } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BatchId, BucketId, SequenceId } from '../domain/ids.ts';
import { NULL_VERSION } from '../domain/version-id.ts';
import type { ItemInput } from './support/new-batch.ts';
import { advance, type OperationStep } from './support/operation-progress.ts';

export interface NoteCopyInput {
  readonly step: OperationStep;
  /** Of the version that the copy made: the batch is called by it. */
  readonly seq: SequenceId;
  readonly bucketId: BucketId;
  readonly targetBucketId: BucketId;
  readonly item: ItemInput;
  readonly sizeBytes: number;
  /** Or does what follows count it? */
  readonly isCounted: boolean;
}

/** Notes a copy that was made by itself, its bytes written anew, as a batch of an operation. @throws Failure OperationAborted */
export async function noteCopy(tx: WriteTx, input: NoteCopyInput): Promise<void> {
  const { step, seq, bucketId, targetBucketId, item } = input;
  // A version's seq is from the one sequence that batches are called by.
  const id = seq as number as BatchId;
  await insertBatch(tx, {
    id,
    operation_id: step.operationId,
    bucket_id: bucketId,
    target_bucket_id: targetBucketId,
    handed_over: 0,
  });
  const row = { key: item.key, seq: item.seq, target_key: item.targetKey, body_id: null };
  await insertItems(tx, id, [{ ...row, version_id: NULL_VERSION, marker_id: NULL_VERSION }]);
  const counted = input.isCounted ? { objects: 1, bytes: input.sizeBytes } : { objects: 0, bytes: 0 };
  await advance(tx, step, { ...counted, skipped: 0, problems: [] });
}
