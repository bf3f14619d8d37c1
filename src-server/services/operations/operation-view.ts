import * as z from 'zod';
import { findBinnedOfBatch } from '../../db/tables/binned-object.ts';
import { findLastBatch, findOpenUndo, type OperationRow } from '../../db/tables/operation.ts';
import { hasItems } from '../../db/tables/operation-item.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { EpochMs } from '../../domain/ids.ts';
import type { OperationProblem, OperationSummary } from '../../domain/operation.ts';

const DAY_MS = 86_400_000;

/** Why an operation cannot be taken back, where it cannot. */
export type UndoState =
  | { readonly kind: 'possible'; readonly untilMs: number }
  | {
      readonly kind: 'impossible';
      readonly reason: 'open' | 'undone' | 'undoing' | 'nothing' | 'expired' | 'emptied' | 'kind';
    };

/** An operation as lists show it. */
export interface OperationView {
  readonly row: OperationRow;
  readonly summary: OperationSummary;
  readonly problems: readonly OperationProblem[];
  readonly undo: UndoState;
}

const summaryColumn = z.strictObject({
  items: z.number(),
  first: z.string(),
  folder: z.string(),
  target: z.strictObject({ bucket: z.string(), folder: z.string(), name: z.string() }).nullable(),
  atMs: z.number().optional(),
});
const problemsColumn = z.array(z.strictObject({ key: z.string(), code: z.string() }));

/** @param times now, and how long the server keeps what an undo needs */
export async function viewOperation(
  tx: ReadTx,
  row: OperationRow,
  times: { readonly nowMs: EpochMs; readonly keepDays: number },
): Promise<OperationView> {
  return {
    row,
    summary: summaryColumn.parse(JSON.parse(row.summary)),
    problems: problemsColumn.parse(JSON.parse(row.errors)),
    undo: await undoState(tx, row, times),
  };
}

async function undoState(
  tx: ReadTx,
  row: OperationRow,
  { nowMs, keepDays }: { readonly nowMs: EpochMs; readonly keepDays: number },
): Promise<UndoState> {
  if (!['copy', 'move', 'rename', 'delete', 'rewind'].includes(row.kind)) return { kind: 'impossible', reason: 'kind' };
  if (row.state === 'undone') return { kind: 'impossible', reason: 'undone' };
  if (row.finished_ms === null) return { kind: 'impossible', reason: 'open' };
  if ((await findOpenUndo(tx, row.id)) !== undefined) return { kind: 'impossible', reason: 'undoing' };
  const untilMs = row.finished_ms + keepDays * DAY_MS;
  if (nowMs >= untilMs) return { kind: 'impossible', reason: 'expired' };
  const last = await findLastBatch(tx, row.id);
  if (last === undefined) return { kind: 'impossible', reason: 'nothing' };
  const isLeft = (await hasItems(tx, last.id)) || (await findBinnedOfBatch(tx, last.bucket_id, last.id)) !== undefined;
  return isLeft ? { kind: 'possible', untilMs } : { kind: 'impossible', reason: 'emptied' };
}
