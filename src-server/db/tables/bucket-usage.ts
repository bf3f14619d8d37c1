import type { BucketId } from '../../domain/ids.ts';
import type { WriteTx } from '../tx.ts';

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

/** Writes the counters, where anything changed. */
export async function changeUsage(tx: WriteTx, bucketId: BucketId, delta: UsageDelta): Promise<void> {
  if (delta.bytes === 0 && delta.versions === 0 && delta.objects === 0 && delta.uploads === 0) return;
  const { bytes, versions, objects, uploads } = delta;
  await tx.run(CHANGE, BigInt(bytes), BigInt(versions), BigInt(objects), BigInt(uploads), bucketId);
}
