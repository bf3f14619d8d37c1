import type { WriteTx } from '../db/tx.ts';
import type { BucketId, EpochMs } from '../domain/ids.ts';
import type { ItemInput } from './support/new-batch.ts';
import { advance, type OperationStep, type StepResult } from './support/operation-progress.ts';
import { purgeFromBin } from './support/purge-bin.ts';

export interface PurgeBinnedInput {
  /** Undefined: nobody asked, their time is over. */
  readonly step: OperationStep | undefined;
  readonly bucketId: BucketId;
  readonly items: readonly ItemInput[];
  readonly nowMs: EpochMs;
}

/**
 * Gives up objects of the bin for good; what is there no more counts as given up.
 *
 * @throws Failure OperationAborted where the operation was cancelled
 */
export async function purgeBinned(tx: WriteTx, input: PurgeBinnedInput): Promise<StepResult> {
  const sum = await purgeFromBin(tx, input.bucketId, input.items, input.nowMs);
  const result = { ...sum, skipped: 0, problems: [] };
  if (input.step !== undefined) await advance(tx, input.step, result);
  return result;
}
