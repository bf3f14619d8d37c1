import type { BucketId, ContainerId, ExtentId, SequenceId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/*
 * Counters that commands keep, counted again from the rows they count. Whole-table queries: for the check, never in service.
 */

/** A counter that is not what its rows say. */
export interface Drift<Id> {
  readonly id: Id;
  readonly stored: number;
  readonly counted: number;
}

const CONTAINERS = `SELECT c.id, c.live_bytes AS stored, coalesce(e.bytes, 0) AS counted
  FROM container AS c
  LEFT JOIN (SELECT container_id, sum(header_length + stored_length) AS bytes FROM extent GROUP BY container_id) AS e
    ON e.container_id = c.id
  WHERE c.live_bytes <> coalesce(e.bytes, 0) ORDER BY c.id`;

/** Containers whose `live_bytes` is not the sum over their extents. */
export async function findContainerDrift(tx: ReadTx): Promise<Drift<ContainerId>[]> {
  return tx.all<Drift<ContainerId>>(CONTAINERS);
}

const EXTENTS = `SELECT e.id, e.refs AS stored, coalesce(b.named, 0) AS counted
  FROM extent AS e
  LEFT JOIN (SELECT extent_id, count(*) AS named FROM body_extent GROUP BY extent_id) AS b ON b.extent_id = e.id
  WHERE e.refs <> coalesce(b.named, 0) ORDER BY e.id`;

/** Extents whose `refs` is not the number of rows that name them. */
export async function findExtentDrift(tx: ReadTx): Promise<Drift<ExtentId>[]> {
  return tx.all<Drift<ExtentId>>(EXTENTS);
}

const UNLISTED = `SELECT e.id FROM extent AS e LEFT JOIN garbage AS g ON g.extent_id = e.id
  WHERE e.refs = 0 AND g.extent_id IS NULL ORDER BY e.id`;
const LISTED_WRONGLY = `SELECT g.extent_id AS id FROM garbage AS g LEFT JOIN extent AS e ON e.id = g.extent_id
  WHERE e.id IS NULL OR e.refs > 0 ORDER BY g.extent_id`;

/** Extents nobody names that the collector does not know, and entries of its list that are none. */
export async function findGarbageDrift(tx: ReadTx): Promise<{ unlisted: ExtentId[]; listedWrongly: ExtentId[] }> {
  const unlisted = await tx.all<{ id: ExtentId }>(UNLISTED);
  const listedWrongly = await tx.all<{ id: ExtentId }>(LISTED_WRONGLY);
  return { unlisted: unlisted.map(({ id }) => id), listedWrongly: listedWrongly.map(({ id }) => id) };
}

// Aliases of their own for the counted columns: in an UPDATE the same names mean the stored ones.
const COUNTED = `SELECT b.id AS bucket_id,
    coalesce((SELECT sum(v.size) FROM object_version AS v WHERE v.bucket_id = b.id), 0)
      + coalesce((SELECT sum(p.size) FROM upload AS u JOIN upload_part AS p ON p.upload_id = u.id
                  WHERE u.bucket_id = b.id AND u.state = 'open'), 0)
      + coalesce((SELECT sum(g.size) FROM binned_object AS g WHERE g.bucket_id = b.id), 0) AS n_bytes,
    (SELECT count(*) FROM object_version AS v WHERE v.bucket_id = b.id) AS n_versions,
    (SELECT count(*) FROM object_version AS v WHERE v.bucket_id = b.id AND v.is_current = 1 AND v.is_marker = 0)
      AS n_objects,
    (SELECT count(*) FROM upload AS u WHERE u.bucket_id = b.id AND u.state = 'open') AS n_uploads,
    coalesce((SELECT sum(g.size) FROM binned_object AS g WHERE g.bucket_id = b.id), 0) AS n_binned_bytes,
    (SELECT count(*) FROM binned_object AS g WHERE g.bucket_id = b.id AND g.is_marker = 0) AS n_binned_objects
  FROM bucket AS b`;
const BUCKETS = `SELECT s.bucket_id AS id, s.bytes AS stored, n.n_bytes AS counted
  FROM bucket_usage AS s JOIN (${COUNTED}) AS n ON n.bucket_id = s.bucket_id
  WHERE s.bytes <> n.n_bytes OR s.versions <> n.n_versions OR s.objects <> n.n_objects OR s.uploads <> n.n_uploads
    OR s.binned_bytes <> n.n_binned_bytes OR s.binned_objects <> n.n_binned_objects
  ORDER BY s.bucket_id`;

/** Buckets whose usage is not what their rows say; the bytes stand for all six counters. */
export async function findUsageDrift(tx: ReadTx): Promise<Drift<BucketId>[]> {
  return tx.all<Drift<BucketId>>(BUCKETS);
}

const TENANTS = `SELECT t.tenant_id AS id, t.bytes AS stored, coalesce(n.bytes, 0) AS counted
  FROM tenant_usage AS t
  LEFT JOIN (SELECT o.tenant_id, sum(u.n_bytes) AS bytes FROM (${COUNTED}) AS u
    JOIN bucket AS b ON b.id = u.bucket_id JOIN iam_user AS o ON o.id = b.owner_id GROUP BY o.tenant_id) AS n
    ON n.tenant_id = t.tenant_id
  WHERE t.bytes <> coalesce(n.bytes, 0) ORDER BY t.tenant_id`;

/** Tenants whose counter is not the sum over what their buckets hold. */
export async function findTenantDrift(tx: ReadTx): Promise<Drift<SequenceId>[]> {
  return tx.all<Drift<SequenceId>>(TENANTS);
}

const CORRECT_CONTAINER = `UPDATE container SET live_bytes = coalesce(
    (SELECT sum(e.header_length + e.stored_length) FROM extent AS e WHERE e.container_id = container.id), 0)
  WHERE id = ?`;
const CORRECT_EXTENT = `UPDATE extent SET refs = (SELECT count(*) FROM body_extent AS b WHERE b.extent_id = extent.id)
  WHERE id = ?`;
const CORRECT_USAGE = `UPDATE bucket_usage SET bytes = n.n_bytes, versions = n.n_versions, objects = n.n_objects,
    uploads = n.n_uploads, binned_bytes = n.n_binned_bytes, binned_objects = n.n_binned_objects
  FROM (${COUNTED} WHERE b.id = ?) AS n WHERE bucket_usage.bucket_id = n.bucket_id`;
const LIST = `INSERT INTO garbage (extent_id, since_ms)
  SELECT id, ? FROM extent WHERE id = ? AND refs = 0 ON CONFLICT (extent_id) DO NOTHING`;
const UNLIST = `DELETE FROM garbage WHERE extent_id = ?
  AND NOT EXISTS (SELECT 1 FROM extent AS e WHERE e.id = garbage.extent_id AND e.refs = 0)`;

export async function correctContainer(tx: WriteTx, id: ContainerId): Promise<void> {
  await tx.run(CORRECT_CONTAINER, id);
}

/** Also lists or unlists the extent as garbage, as its references then say. */
export async function correctExtent(tx: WriteTx, id: ExtentId, sinceMs: number): Promise<void> {
  await tx.run(CORRECT_EXTENT, id);
  await tx.run(LIST, sinceMs, id);
  await tx.run(UNLIST, id);
}

export async function correctUsage(tx: WriteTx, id: BucketId): Promise<void> {
  await tx.run(CORRECT_USAGE, id);
}
