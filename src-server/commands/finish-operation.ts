import { findLastBatch, findOperation, finishOperation as finish, setUndone } from '../db/tables/operation.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs, OperationId } from '../domain/ids.ts';
import type { OperationProblem } from '../domain/operation.ts';
import { addProblems } from './support/operation-progress.ts';

export interface FinishOperationInput {
  readonly operationId: OperationId;
  readonly state: 'done' | 'failed' | 'cancelled';
  /** Why it failed as a whole. */
  readonly problems: readonly OperationProblem[];
  readonly nowMs: EpochMs;
}

/** Ends an operation that is open; true if it was. What an undo took back wholly is undone from then on. */
export async function finishOperation(tx: WriteTx, input: FinishOperationInput): Promise<boolean> {
  const { operationId, state, nowMs } = input;
  const row = await findOperation(tx, operationId);
  if (row === undefined) return false;
  const ended = await finish(tx, operationId, { state, nowMs, errors: addProblems(row.errors, input.problems) });
  if (!ended || row.undo_of === null || state !== 'done') return ended;
  if ((await findLastBatch(tx, row.undo_of)) === undefined) await setUndone(tx, row.undo_of);
  return ended;
}
