import {
  deleteOlderNulls,
  hideOlder,
  insertMarkers,
  type KeyColumn,
  sumOlder,
} from '../../db/tables/batch-versions.ts';
import { type Binning, binOlderNulls, changeBinned } from '../../db/tables/binned-object.ts';
import { addUsage, NO_USAGE, type UsageDelta } from '../../db/tables/bucket-usage.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { EpochMs, UserId } from '../../domain/ids.ts';
import type { VersioningState } from '../../domain/versioning.ts';
import { guardOfBatch, requireNullsRemovable } from './batch-locks.ts';

/** Whose act displaces, and when by the clock of locks. */
export type Displacing = Binning & { readonly lockNowMs: EpochMs };

/**
 * Takes the place that a batch's keys need: what is current there is so no more, and a `null` version that nothing would
 * keep goes into the bin, bytes and all. Writes the bin's counters; answers the change of the others, for `changeUsage`.
 *
 * @throws Failure AccessDenied where such a version is locked
 */
export async function displaceOlder(
  tx: WriteTx,
  column: KeyColumn,
  bin: Displacing,
  versioning: VersioningState,
): Promise<UsageDelta> {
  const { batchId, bucketId } = bin;
  const older = await sumOlder(tx, column, batchId, bucketId);
  const replacesNulls = versioning !== 'Enabled' && older.nulls > 0;
  if (replacesNulls) {
    const guard = guardOfBatch(bin.lockNowMs);
    await requireNullsRemovable(tx, column, bin, guard);
    await binOlderNulls(tx, column, bin);
    const deleted = await deleteOlderNulls(tx, column, batchId, bucketId, guard);
    if (deleted !== older.nulls) throw new Error('a locked version was about to be displaced');
    await changeBinned(tx, bucketId, { objects: older.null_objects, bytes: older.null_bytes });
  }
  if (versioning !== 'Off') await hideOlder(tx, column, batchId, bucketId);
  // The bytes of what is in the bin count on.
  return { ...NO_USAGE, versions: replacesNulls ? -older.nulls : 0, objects: -older.visible };
}

/** Deletes the items' objects as the console does: behind a delete marker, or into the bin where no version would be kept. */
export async function retireKeys(
  tx: WriteTx,
  bin: Displacing & { readonly ownerId: UserId },
  versioning: VersioningState,
): Promise<UsageDelta> {
  const displaced = await displaceOlder(tx, 'key', bin, versioning);
  if (versioning === 'Off') return displaced;
  return addUsage(displaced, { ...NO_USAGE, versions: await insertMarkers(tx, bin) });
}
