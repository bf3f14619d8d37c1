import { findOpenUndo, findOperation, insertOperation, type NewOperation } from '../db/tables/operation.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { OperationId } from '../domain/ids.ts';

export interface CreateOperationInput {
  readonly operation: Omit<NewOperation, 'id'>;
  /** JSON of an `OperationRequest`. */
  readonly request: string;
}

/**
 * Puts an operation in line. Of an operation, one undo at a time.
 *
 * @throws Failure OperationAborted where what it undoes is being undone, or was
 */
export async function createOperation(tx: WriteTx, input: CreateOperationInput): Promise<OperationId> {
  const { undo_of } = input.operation;
  if (undo_of !== null) {
    const undone = await findOperation(tx, undo_of);
    if (undone?.state === 'undone' || (await findOpenUndo(tx, undo_of)) !== undefined) {
      throw new Failure('OperationAborted');
    }
  }
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const id = tx.nextId() as OperationId;
  await insertOperation(tx, { ...input.operation, id }, input.request);
  return id;
}
