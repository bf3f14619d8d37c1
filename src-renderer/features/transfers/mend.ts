import { fittingKey, keyFault } from './engine/key-names.ts';
import type { Transfer } from './engine/transfer.ts';
import type { TransferEngine } from './engine/transfer-engine.ts';

/** Failed transfers by what helps: another try, or another name first, because the same one would fail the same way. */
export function failedOf(transfers: Iterable<Transfer>): {
  readonly misnamed: readonly Transfer[];
  readonly retryable: readonly Transfer[];
} {
  const failed = [...transfers].filter(({ state }) => state === 'failed');
  return {
    misnamed: failed.filter(({ key }) => keyFault(key) !== undefined),
    retryable: failed.filter(({ key }) => keyFault(key) === undefined),
  };
}

/** Stores them under the nearest name that can be a key; the files of this computer keep theirs. */
export function fixNames(engine: TransferEngine, transfers: readonly Transfer[]): void {
  for (const transfer of transfers) {
    transfer.key = fittingKey(transfer.key);
    transfer.rule = undefined;
  }
  engine.resume(transfers);
}
