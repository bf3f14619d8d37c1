import { deleteBodyExtents } from '../../db/tables/body-extent.ts';
import type { UsageDelta } from '../../db/tables/bucket-usage.ts';
import { dropExtentRefs } from '../../db/tables/extent.ts';
import { collectBodyGarbage } from '../../db/tables/garbage.ts';
import {
  deleteVersionParts,
  deleteVersionRow,
  findCurrentHead,
  setCurrent,
  type VersionHead,
} from '../../db/tables/object-version.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { BodyId, EpochMs } from '../../domain/ids.ts';
import { type RemovalGuard, requireRemovable } from '../../domain/lock.ts';

/**
 * Forgets the bytes of a body: extents that nobody else names become garbage, its extent rows go.
 * The row that names the body goes in the same command.
 */
export async function releaseBody(tx: WriteTx, bodyId: BodyId, nowMs: EpochMs): Promise<void> {
  await dropExtentRefs(tx, bodyId);
  await collectBodyGarbage(tx, bodyId, nowMs);
  await deleteBodyExtents(tx, bodyId);
}

/**
 * Removes a version or marker with all that hangs on it, except that no other version becomes current: for a command that
 * adds the next current version itself. Answers the change of the counters, which the caller writes (`changeUsage`).
 *
 * @throws Failure AccessDenied where it is locked, before anything changes
 */
export async function removeVersionRow(
  tx: WriteTx,
  version: VersionHead,
  guard: RemovalGuard,
  nowMs: EpochMs,
): Promise<UsageDelta> {
  requireRemovable(version, guard);
  if (version.body_id !== null) {
    await releaseBody(tx, version.body_id, nowMs);
    if (version.part_count !== null) await deleteVersionParts(tx, version.body_id);
  }
  await deleteVersionRow(tx, version, guard);
  const wasVisible = version.is_current === 1 && version.is_marker === 0;
  return { bytes: -version.size, versions: -1, objects: wasVisible ? -1 : 0, uploads: 0 };
}

/**
 * Removes a version or marker for good; where it was the current one, the newest that remains becomes current (so that
 * removing a delete marker restores the object). Answers the change of the counters, which the caller writes.
 *
 * @throws Failure AccessDenied where it is locked
 */
export async function removeVersion(
  tx: WriteTx,
  version: VersionHead,
  guard: RemovalGuard,
  nowMs: EpochMs,
): Promise<UsageDelta> {
  const removed = await removeVersionRow(tx, version, guard, nowMs);
  if (version.is_current === 0) return removed;
  const next = await findCurrentHead(tx, version.bucket_id, version.key);
  if (next === undefined) return removed;
  await setCurrent(tx, next, 1);
  return next.is_marker === 1 ? removed : { ...removed, objects: removed.objects + 1 };
}
