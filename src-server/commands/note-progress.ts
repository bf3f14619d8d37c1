import type { WriteTx } from '../db/tx.ts';
import { advance, type OperationStep } from './support/operation-progress.ts';

/** Keys that an operation leaves out, or a phase that had nothing to do. @throws Failure OperationAborted */
export async function noteProgress(tx: WriteTx, { step }: { readonly step: OperationStep }): Promise<void> {
  await advance(tx, step, { objects: 0, bytes: 0, skipped: 0, problems: [] });
}
