import { listSources, type SourceObject } from '../../db/tables/object-version.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { BucketId } from '../../domain/ids.ts';
import { endOfPrefix, successorOf } from '../../domain/listing.ts';
import type { OperationItem } from '../../domain/operation.ts';

/** An object of a selection, and the item that it is selected by. */
export interface SelectedObject extends SourceObject {
  readonly item: OperationItem;
  readonly itemNumber: number;
}

/** Where reading goes on: behind `after` of the item with this number. */
export interface SelectionPlace {
  readonly item: number;
  readonly after: string;
}

export const SELECTION_START: SelectionPlace = { item: 0, after: '' };

export interface SelectionPage {
  readonly objects: readonly SelectedObject[];
  /** Undefined behind the last one. */
  readonly next: SelectionPlace | undefined;
}

/**
 * Objects of a selection from a place on, items in their order, keys in theirs.
 *
 * @param limits of the page; one object may have more bytes than that
 */
export async function readSelection(
  tx: ReadTx,
  bucketId: BucketId,
  items: readonly OperationItem[],
  from: SelectionPlace,
  limits: { readonly keys: number; readonly bytes: number },
): Promise<SelectionPage> {
  const objects: SelectedObject[] = [];
  let bytes = 0;
  let place: SelectionPlace = from;
  for (;;) {
    const item = items[place.item];
    if (item === undefined) return { objects, next: undefined };
    const wanted = limits.keys - objects.length;
    if (wanted <= 0) return { objects, next: place };
    const found = await listSources(tx, bucketId, rangeOf(item, place.after), wanted);
    for (const object of found) {
      if (objects.length > 0 && bytes + object.size > limits.bytes) return { objects, next: place };
      bytes += object.size;
      objects.push({ ...object, item, itemNumber: place.item });
      place = { item: place.item, after: object.key };
    }
    if (found.length < wanted || item.kind === 'file') place = { item: place.item + 1, after: '' };
  }
}

function rangeOf(item: OperationItem, after: string): { from: string; end: string } {
  const from = after === '' ? item.from : successorOf(after);
  return { from, end: item.kind === 'file' ? successorOf(item.from) : endOfPrefix(item.from) };
}
