import { randomBytes } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { ReceiveOutcome } from '../../services/shares/receive-file.ts';

/** What somebody sent, for them to keep. */
export interface Receipt {
  readonly shareId: string;
  readonly files: readonly ReceiveOutcome[];
}

const LIFE_MS = 24 * 3_600_000;
const MAX_RECEIPTS = 1000;
const MAX_FILES = 1000;
const receipts = new LRUCache<string, Receipt>({ max: MAX_RECEIPTS, ttl: LIFE_MS });

/** Adds files to a receipt, or begins one; answers its name, which nobody can guess. Kept for a day, in memory. */
export function addToReceipt(id: string | undefined, shareId: string, files: readonly ReceiveOutcome[]): string {
  const before = id === undefined ? undefined : findReceipt(id, shareId);
  const name = before === undefined || id === undefined ? randomBytes(18).toString('base64url') : id;
  receipts.set(name, { shareId, files: [...(before?.files ?? []), ...files].slice(-MAX_FILES) });
  return name;
}

/** The receipt of this name, where it is of this link. */
export function findReceipt(id: string, shareId: string): Receipt | undefined {
  const receipt = receipts.get(id);
  return receipt?.shareId === shareId ? receipt : undefined;
}

/** Was this receipt given out for this link? */
export function isReceiptOf(id: string | undefined, shareId: string): boolean {
  return id !== undefined && findReceipt(id, shareId) !== undefined;
}
