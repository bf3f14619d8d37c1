import type { ReadTx } from '../../db/tx.ts';
import type { BucketId } from '../../domain/ids.ts';
import { endOfPrefix, successorOf } from '../../domain/listing.ts';
import type { OperationItem } from '../../domain/operation.ts';
import { type KeyThenAndNow, readHistories } from './read-histories.ts';

/** Where reading goes on: behind `after` of the item with this number. */
export interface HistoryPlace {
  readonly item: number;
  readonly after: string;
}

export const HISTORY_START: HistoryPlace = { item: 0, after: '' };

export interface ItemHistoryPage {
  readonly keys: readonly (KeyThenAndNow & { readonly itemNumber: number })[];
  readonly rows: number;
  /** Undefined behind the last one. */
  readonly next: HistoryPlace | undefined;
}

/** Keys of a selection as they were and as they are, items in their order, from a place on. */
export async function readItemHistories(
  tx: ReadTx,
  bucketId: BucketId,
  items: readonly OperationItem[],
  from: HistoryPlace,
  { atMs, rows: maxRows }: { readonly atMs: number; readonly rows: number },
): Promise<ItemHistoryPage> {
  const keys: (KeyThenAndNow & { readonly itemNumber: number })[] = [];
  let rows = 0;
  let place = from;
  for (;;) {
    const item = items[place.item];
    if (item === undefined) return { keys, rows, next: undefined };
    if (rows >= maxRows) return { keys, rows, next: place };
    const page = await readHistories(tx, bucketId, rangeOf(item, place.after), atMs, maxRows - rows);
    // A key without versions is a look too: many of them end the page as well.
    rows += Math.max(1, page.rows);
    for (const key of page.keys) keys.push({ ...key, itemNumber: place.item });
    const last = page.keys.at(-1);
    const isThrough = page.next === undefined || item.kind === 'file' || last === undefined;
    place = isThrough ? { item: place.item + 1, after: '' } : { item: place.item, after: last.key };
  }
}

function rangeOf(item: OperationItem, after: string): { from: string; end: string } {
  if (item.kind === 'file') return { from: item.from, end: successorOf(item.from) };
  return { from: after === '' ? item.from : successorOf(after), end: endOfPrefix(item.from) };
}
