import { rewindingOf } from '../../domain/as-of.ts';
import type { BucketName } from '../../domain/ids.ts';
import type { OperationItem } from '../../domain/operation.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { HISTORY_START, type HistoryPlace, readItemHistories } from './read-item-histories.ts';

const ROWS_AT_ONCE = 1000;
const MOST_ROWS = 100_000;

/** What going back to a time would do to a selection. */
export interface RewindPlan {
  /** Keys that get the object of that time back, and the bytes of those. */
  readonly back: number;
  readonly backBytes: number;
  /** Keys that are as they were. */
  readonly same: number;
  /** Keys that did not exist then: they stay, or get a delete marker. */
  readonly newer: number;
  /** False: there was more to look at than a rehearsal does; the numbers are the least. */
  readonly isComplete: boolean;
}

/** Counts without changing anything. Throws NoSuchBucket. */
export async function previewRewind(
  context: ServiceContext,
  request: { readonly bucket: BucketName; readonly items: readonly OperationItem[]; readonly atMs: number },
): Promise<RewindPlan> {
  const { id } = await requireBucket(context, request.bucket);
  const plan = { back: 0, backBytes: 0, same: 0, newer: 0 };
  let rows = 0;
  let place: HistoryPlace | undefined = HISTORY_START;
  while (place !== undefined && rows < MOST_ROWS) {
    const from: HistoryPlace = place;
    const page = await context.catalogue.read((tx) =>
      readItemHistories(tx, id, request.items, from, { atMs: request.atMs, rows: ROWS_AT_ONCE }),
    );
    for (const { past, current } of page.keys) {
      const rewinding = rewindingOf(past, current);
      if (rewinding !== 'none') plan[rewinding] += 1;
      if (rewinding === 'back') plan.backBytes += past?.size ?? 0;
    }
    rows += page.rows;
    place = page.next;
  }
  return { ...plan, isComplete: place === undefined };
}
