import type { ExtentId } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';

const VERSIONS = `SELECT k.name AS bucket, v.key, v.version_id FROM body_extent AS x
  JOIN object_version AS v ON v.body_id = x.body_id JOIN bucket AS k ON k.id = v.bucket_id
  WHERE x.extent_id = ?
  UNION ALL SELECT k.name, g.key, 'in the bin' FROM body_extent AS x
  JOIN binned_object AS g ON g.body_id = x.body_id JOIN bucket AS k ON k.id = g.bucket_id
  WHERE x.extent_id = ? LIMIT ?`;

export interface OwningVersion {
  readonly bucket: string;
  readonly key: string;
  readonly version_id: string;
}

/** Versions and binned objects of which this extent is a part. Scans: for reports of damage only. */
export async function findOwningVersions(tx: ReadTx, id: ExtentId, limit: number): Promise<OwningVersion[]> {
  return tx.all<OwningVersion>(VERSIONS, id, id, limit);
}

const STILL_THERE = `SELECT 1 AS one FROM extent WHERE id = ? AND container_id = ? AND container_offset = ?`;

/** Does an extent still stand where it stood? */
export async function isExtentAt(tx: ReadTx, id: ExtentId, containerId: number, offset: number): Promise<boolean> {
  return (await tx.get(STILL_THERE, id, containerId, offset)) !== undefined;
}
