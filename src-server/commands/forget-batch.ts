import { deleteBatch } from '../db/tables/operation.ts';
import { deleteItems } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BatchId } from '../domain/ids.ts';
import { advance, type OperationStep } from './support/operation-progress.ts';

export interface ForgetBatchInput {
  readonly step: OperationStep;
  readonly batchId: BatchId;
}

/** A batch is taken back: nothing of it is left to undo. @throws Failure OperationAborted */
export async function forgetBatch(tx: WriteTx, { step, batchId }: ForgetBatchInput): Promise<void> {
  await deleteItems(tx, batchId);
  await deleteBatch(tx, batchId);
  await advance(tx, step, { objects: 0, bytes: 0, skipped: 0, problems: [] });
}
