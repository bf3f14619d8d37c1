import { type KeyColumn, listLocksOlder, listLocksTaken } from '../../db/tables/batch-versions.ts';
import { dropItem } from '../../db/tables/operation-item.ts';
import type { WriteTx } from '../../db/tx.ts';
import { type BucketLock, type LockTimes, lockOfNewVersion } from '../../domain/bucket-lock.ts';
import type { BatchId, BucketId, EpochMs } from '../../domain/ids.ts';
import { type LockColumns, NO_LOCK, type RemovalGuard, removability, requireRemovable } from '../../domain/lock.ts';

/** The code of the problem of a key whose version may not go. */
export const LOCKED = 'Locked';

/** An operation bypasses nothing: it has no caller who says so for each object. */
export function guardOfBatch(lockNowMs: EpochMs): RemovalGuard {
  return { lockNowMs, bypassGovernance: false };
}

/** Takes keys out whose version is locked, before anything is done to them; answers them. */
export async function dropLocked(
  tx: WriteTx,
  batchId: BatchId,
  bucketId: BucketId,
  guard: RemovalGuard,
): Promise<string[]> {
  const keys: string[] = [];
  for (const item of await listLocksTaken(tx, batchId, bucketId)) {
    if (removability(item, guard).kind === 'free') continue;
    await dropItem(tx, batchId, item);
    keys.push(item.key);
  }
  return keys;
}

/**
 * Refuses a batch that would take the place of a locked `null` version. Such a bucket keeps all versions, so this is the
 * case that should not be.
 *
 * @throws Failure AccessDenied
 */
export async function requireNullsRemovable(
  tx: WriteTx,
  column: KeyColumn,
  { batchId, bucketId }: { readonly batchId: BatchId; readonly bucketId: BucketId },
  guard: RemovalGuard,
): Promise<void> {
  for (const item of await listLocksOlder(tx, column, batchId, bucketId)) requireRemovable(item, guard);
}

/** The lock of every version that a batch makes in a bucket: its default retention. */
export function lockOfBatch(objectLock: BucketLock | undefined, times: LockTimes): LockColumns {
  return lockOfNewVersion(objectLock, NO_LOCK, times);
}
