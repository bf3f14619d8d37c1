import { deleteBatch, deleteOperation } from '../db/tables/operation.ts';
import { deleteItems } from '../db/tables/operation-item.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BatchId, OperationId } from '../domain/ids.ts';

export interface PruneOperationsInput {
  readonly batches: readonly BatchId[];
  /** Their batches are gone. */
  readonly operations: readonly OperationId[];
}

/** Forgets what is too old to be undone, and operations that nobody looks for any more. */
export async function pruneOperations(tx: WriteTx, input: PruneOperationsInput): Promise<void> {
  for (const id of input.batches) {
    await deleteItems(tx, id);
    await deleteBatch(tx, id);
  }
  for (const id of input.operations) await deleteOperation(tx, id);
}
