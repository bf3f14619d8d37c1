import { changeCounters, type UsageDelta } from '../../db/tables/bucket-usage.ts';
import { changeTenantUsage, findRoom } from '../../db/tables/tenant-usage.ts';
import type { WriteTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketId } from '../../domain/ids.ts';
import { checkGrowth } from '../../domain/quota.ts';

/**
 * Writes the counters of a bucket and its tenant for what brings something in, if it fits: the one place that decides a
 * quota, inside the commit, so that no two requests share the last room.
 *
 * @throws Failure QuotaExceeded, NoSuchBucket
 */
export async function growUsage(tx: WriteTx, bucketId: BucketId, delta: UsageDelta): Promise<void> {
  const room = await findRoom(tx, bucketId);
  if (room === undefined) throw new Failure('NoSuchBucket');
  checkGrowth(room.limits, room.held, delta);
  await changeCounters(tx, bucketId, delta);
  if (room.tenantId !== null && delta.bytes !== 0) await changeTenantUsage(tx, room.tenantId, delta.bytes);
}
