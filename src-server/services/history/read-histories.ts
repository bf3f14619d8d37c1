import { findStanding, type HistoryRow, listHistory } from '../../db/tables/key-history.ts';
import type { ReadTx } from '../../db/tx.ts';
import { newestAsOf } from '../../domain/as-of.ts';
import type { BucketId, ObjectKey } from '../../domain/ids.ts';
import { successorOf } from '../../domain/listing.ts';

/** What a key had at a time, and what it has now; undefined where there was no object, or a delete marker. */
export interface KeyThenAndNow {
  readonly key: ObjectKey;
  readonly past: HistoryRow | undefined;
  readonly current: HistoryRow | undefined;
}

export interface HistoryPage {
  readonly keys: readonly KeyThenAndNow[];
  readonly rows: number;
  /** The first key that was not looked at; undefined behind the last one. */
  readonly next: string | undefined;
}

/**
 * Keys of a range, each as it was and as it is, of at most so many versions; a key with more of them than that costs one look
 * more. Keys that have nothing at either time are among them.
 */
export async function readHistories(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  atMs: number,
  maxRows: number,
): Promise<HistoryPage> {
  const rows = await listHistory(tx, bucketId, range, maxRows);
  const keys: KeyThenAndNow[] = [];
  const isCut = rows.length === maxRows;
  for (let first = 0; first < rows.length; ) {
    const key = rows[first]?.key;
    if (key === undefined) break;
    let end = first + 1;
    while (rows[end]?.key === key) end += 1;
    const ofKey = rows.slice(first, end);
    let past = newestAsOf(ofKey, atMs);
    const oldest = ofKey.at(-1);
    if (past === undefined && isCut && end === rows.length && oldest !== undefined) {
      past = await findStanding(tx, bucketId, key, { seq: oldest.seq, atMs });
    }
    keys.push({ key, past: objectOf(past), current: objectOf(ofKey[0]) });
    first = end;
  }
  const last = keys.at(-1);
  return { keys, rows: rows.length, next: isCut && last !== undefined ? successorOf(last.key) : undefined };
}

function objectOf(row: HistoryRow | undefined): HistoryRow | undefined {
  return row?.is_marker === 0 ? row : undefined;
}
