import {
  type LargeBucketRow,
  listLargestBuckets,
  sumByDisk,
  sumGarbageByDisk,
  sumUsage,
  type UsageTotalRow,
} from '../../db/tables/storage-totals.ts';
import type { Catalogue } from '../context.ts';

/** Bytes of ours on one disk. */
export interface DiskTotals {
  readonly diskId: number;
  /** Stored bytes of what somebody can still read: objects, versions, parts of open uploads. */
  readonly dataBytes: number;
  /** What was deleted or replaced and still takes room, and the log's own records. */
  readonly deadBytes: number;
  readonly files: number;
}

/** Sums over the whole catalogue. */
export interface StorageTotals {
  readonly disks: readonly DiskTotals[];
  readonly usage: UsageTotalRow;
  /** At most `BUCKETS_MAX`. */
  readonly largestBuckets: readonly LargeBucketRow[];
}

export const BUCKETS_MAX = 200;

/** Adds everything up; takes as long as the catalogue is large, so not on a thread that serves requests. */
export async function readStorageTotals(catalogue: Pick<Catalogue, 'read'>): Promise<StorageTotals> {
  const kinds = await catalogue.read((tx) => sumByDisk(tx));
  const garbage = await catalogue.read((tx) => sumGarbageByDisk(tx));
  const usage = await catalogue.read((tx) => sumUsage(tx));
  const largestBuckets = await catalogue.read((tx) => listLargestBuckets(tx, BUCKETS_MAX));
  const ids = [...new Set(kinds.map((row) => row.disk_id))];
  const disks = ids.map((diskId): DiskTotals => {
    const rows = kinds.filter((row) => row.disk_id === diskId);
    const waiting = garbage.find((row) => row.disk_id === diskId)?.bytes ?? 0;
    const live = rows.reduce((sum, row) => sum + row.live, 0);
    const length = rows.reduce((sum, row) => sum + Math.max(row.length, row.live), 0);
    return {
      diskId,
      dataBytes: Math.max(0, live - waiting),
      deadBytes: length - live + waiting,
      files: rows.reduce((sum, row) => sum + row.containers, 0),
    };
  });
  return { disks, usage, largestBuckets };
}
