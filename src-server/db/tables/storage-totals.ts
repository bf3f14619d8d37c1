import type { DiskId } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';
import type { ContainerKind } from './container.ts';

/*
 * Sums over whole tables, for what a person is shown. Never asked on a thread that serves requests.
 */

const BY_DISK = `SELECT r.disk_id, c.kind, count(*) AS containers, sum(c.length) AS length, sum(c.live_bytes) AS live
  FROM container AS c JOIN replica AS r ON r.container_id = c.id GROUP BY r.disk_id, c.kind`;

export interface DiskTotalRow {
  readonly disk_id: DiskId;
  readonly kind: ContainerKind;
  readonly containers: number;
  /** Bytes of the files, as far as bodies reach. */
  readonly length: number;
  /** Of those, bytes of extents that have a row. */
  readonly live: number;
}

/** What stands on each disk, by kind of file. */
export async function sumByDisk(tx: ReadTx): Promise<DiskTotalRow[]> {
  return tx.all<DiskTotalRow>(BY_DISK);
}

const GARBAGE_BY_DISK = `SELECT r.disk_id, sum(e.header_length + e.stored_length) AS bytes
  FROM garbage AS g JOIN extent AS e ON e.id = g.extent_id JOIN replica AS r ON r.container_id = e.container_id
  GROUP BY r.disk_id`;

/** Bytes on each disk that nobody names any more and that the collector has not taken yet. */
export async function sumGarbageByDisk(tx: ReadTx): Promise<{ disk_id: DiskId; bytes: number }[]> {
  return tx.all<{ disk_id: DiskId; bytes: number }>(GARBAGE_BY_DISK);
}

const USAGE = `SELECT count(*) AS buckets, coalesce(sum(bytes), 0) AS bytes, coalesce(sum(objects), 0) AS objects,
    coalesce(sum(versions), 0) AS versions, coalesce(sum(uploads), 0) AS uploads
  FROM bucket_usage`;

export interface UsageTotalRow {
  readonly buckets: number;
  readonly bytes: number;
  readonly objects: number;
  readonly versions: number;
  readonly uploads: number;
}

/** The counters of all buckets together. */
export async function sumUsage(tx: ReadTx): Promise<UsageTotalRow> {
  const row = await tx.get<UsageTotalRow>(USAGE);
  return row ?? { buckets: 0, bytes: 0, objects: 0, versions: 0, uploads: 0 };
}

const LARGEST = `SELECT b.name, u.bytes, u.objects, u.versions FROM bucket_usage AS u JOIN bucket AS b ON b.id = u.bucket_id
  ORDER BY u.bytes DESC, b.name LIMIT ?`;

export interface LargeBucketRow {
  readonly name: string;
  readonly bytes: number;
  readonly objects: number;
  readonly versions: number;
}

/** The buckets that hold most. */
export async function listLargestBuckets(tx: ReadTx, limit: number): Promise<LargeBucketRow[]> {
  return tx.all<LargeBucketRow>(LARGEST, limit);
}
