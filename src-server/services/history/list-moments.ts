import { listMoments, listOlderMoments, type MomentOfKey } from '../../db/tables/key-history.ts';
import { type ChangeMoment, momentsOf } from '../../domain/as-of.ts';
import type { BucketName } from '../../domain/ids.ts';
import { endOfPrefix, successorOf } from '../../domain/listing.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

const ROWS_AT_ONCE = 2000;
/** A folder with more versions than that shows the moments of its first keys, and says so. */
const MOST_ROWS = 40_000;
/** A slider has no finer steps than that. */
const MOST_MOMENTS = 200;

export interface FolderMoments {
  /** Oldest first. */
  readonly moments: readonly ChangeMoment[];
  readonly isComplete: boolean;
}

/** When something changed in a folder and the folders below it, of the versions that are kept. Throws NoSuchBucket. */
export async function listFolderMoments(
  context: ServiceContext,
  { bucket, prefix }: { readonly bucket: BucketName; readonly prefix: string },
): Promise<FolderMoments> {
  const { id } = await requireBucket(context, bucket);
  const end = endOfPrefix(prefix);
  const times: number[] = [];
  let after: MomentOfKey | undefined;
  while (times.length < MOST_ROWS) {
    const place = after;
    const rows = await context.catalogue.read(async (tx) => {
      if (place === undefined) return listMoments(tx, id, { from: prefix, end }, ROWS_AT_ONCE);
      const older = await listOlderMoments(tx, id, place, ROWS_AT_ONCE);
      const left = ROWS_AT_ONCE - older.length;
      if (left === 0) return older;
      return [...older, ...(await listMoments(tx, id, { from: successorOf(place.key), end }, left))];
    });
    for (const { at_ms } of rows) times.push(at_ms);
    after = rows.at(-1);
    if (rows.length < ROWS_AT_ONCE) return { moments: momentsOf(times, MOST_MOMENTS), isComplete: true };
  }
  return { moments: momentsOf(times, MOST_MOMENTS), isComplete: false };
}
