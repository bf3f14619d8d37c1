import type { BucketId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { changeTenantUsage, findTenantOfBucket } from './tenant-usage.ts';

/** What a command changes in a bucket's counters: see the columns of `bucket_usage`. */
export interface UsageDelta {
  readonly bytes: number;
  readonly versions: number;
  readonly objects: number;
  readonly uploads: number;
}

export const NO_USAGE: UsageDelta = { bytes: 0, versions: 0, objects: 0, uploads: 0 };

/** Sum of changes, so that a command writes the counters once. */
export function addUsage(a: UsageDelta, b: UsageDelta): UsageDelta {
  return {
    bytes: a.bytes + b.bytes,
    versions: a.versions + b.versions,
    objects: a.objects + b.objects,
    uploads: a.uploads + b.uploads,
  };
}

const CHANGE = `UPDATE bucket_usage
  SET bytes = bytes + ?, versions = versions + ?, objects = objects + ?, uploads = uploads + ?
  WHERE bucket_id = ?`;

/**
 * Writes the counters of a bucket and of its tenant, where anything changed, whatever their limits: for what gives something
 * back. What brings something in asks `growUsage`.
 */
export async function changeUsage(tx: WriteTx, bucketId: BucketId, delta: UsageDelta): Promise<void> {
  await changeCounters(tx, bucketId, delta);
  if (delta.bytes === 0) return;
  const tenantId = await findTenantOfBucket(tx, bucketId);
  if (tenantId !== null) await changeTenantUsage(tx, tenantId, delta.bytes);
}

/** Writes the bucket's counters alone. */
export async function changeCounters(tx: WriteTx, bucketId: BucketId, delta: UsageDelta): Promise<void> {
  if (delta.bytes === 0 && delta.versions === 0 && delta.objects === 0 && delta.uploads === 0) return;
  const { bytes, versions, objects, uploads } = delta;
  await tx.run(CHANGE, BigInt(bytes), BigInt(versions), BigInt(objects), BigInt(uploads), bucketId);
}

/**
 * The exact counters of a bucket. `bytes`: logical bytes of all versions, of the parts of open uploads and of the bin.
 * `objects`: current versions that are not delete markers.
 */
export type BucketUsageRow = UsageDelta;

/** All counters at 0: in the command that makes the bucket. */
export async function insertUsage(tx: WriteTx, bucketId: BucketId): Promise<void> {
  await tx.run(
    'INSERT INTO bucket_usage (bucket_id, bytes, versions, objects, uploads) VALUES (?, 0, 0, 0, 0)',
    bucketId,
  );
}

/** The counters of a bucket as they are now. */
export async function findUsage(tx: ReadTx, bucketId: BucketId): Promise<BucketUsageRow | undefined> {
  return tx.get<BucketUsageRow>(
    'SELECT bytes, versions, objects, uploads FROM bucket_usage WHERE bucket_id = ?',
    bucketId,
  );
}

/** In the command that removes the bucket. */
export async function deleteUsage(tx: WriteTx, bucketId: BucketId): Promise<void> {
  await tx.run('DELETE FROM bucket_usage WHERE bucket_id = ?', bucketId);
}
