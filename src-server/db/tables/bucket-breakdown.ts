import type { BucketId } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';

/** What a run of a bucket's keys holds: current objects, versions behind them, delete markers (which have no bytes). */
export interface VersionSums {
  readonly currentObjects: number;
  readonly currentBytes: number;
  readonly olderVersions: number;
  readonly olderBytes: number;
  readonly deleteMarkers: number;
}

const BOUNDARY = 'SELECT key FROM object_version WHERE bucket_id = ? AND key > ? ORDER BY key LIMIT 1 OFFSET ?';

/** The key that ends a run of about `rows` versions behind `after`; undefined where fewer are left. */
export async function findRunEnd(
  tx: ReadTx,
  bucketId: BucketId,
  after: string,
  rows: number,
): Promise<string | undefined> {
  return (await tx.get<{ key: string }>(BOUNDARY, bucketId, after, BigInt(rows - 1)))?.key;
}

const SUMS = `coalesce(sum(is_current = 1 AND is_marker = 0), 0) AS currentObjects,
    coalesce(sum(CASE WHEN is_current = 1 AND is_marker = 0 THEN size ELSE 0 END), 0) AS currentBytes,
    coalesce(sum(is_current = 0 AND is_marker = 0), 0) AS olderVersions,
    coalesce(sum(CASE WHEN is_current = 0 AND is_marker = 0 THEN size ELSE 0 END), 0) AS olderBytes,
    coalesce(sum(is_marker), 0) AS deleteMarkers
  FROM object_version WHERE bucket_id = ? AND key > ?`;
const RUN = `SELECT ${SUMS} AND key <= ?`;
const REST = `SELECT ${SUMS}`;

/** Sums over the keys behind `after` up to and with `end`; to the bucket's end without one. */
export async function sumVersions(
  tx: ReadTx,
  bucketId: BucketId,
  after: string,
  end: string | undefined,
): Promise<VersionSums | undefined> {
  return end === undefined
    ? tx.get<VersionSums>(REST, bucketId, after)
    : tx.get<VersionSums>(RUN, bucketId, after, end);
}

const OPEN_UPLOADS = `SELECT count(DISTINCT u.id) AS uploads, coalesce(sum(p.size), 0) AS bytes
  FROM upload AS u LEFT JOIN upload_part AS p ON p.upload_id = u.id
  WHERE u.bucket_id = ? AND u.state = 'open' AND u.key > ''`;

/** Open uploads of a bucket and the bytes of their parts. */
export async function sumOpenUploads(tx: ReadTx, bucketId: BucketId): Promise<{ uploads: number; bytes: number }> {
  return (await tx.get<{ uploads: number; bytes: number }>(OPEN_UPLOADS, bucketId)) ?? { uploads: 0, bytes: 0 };
}
