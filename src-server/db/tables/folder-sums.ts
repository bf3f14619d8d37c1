import type { BucketId } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';

/** What stands behind one name of a folder: all versions, no delete markers. */
export interface FolderSum {
  /** `march/` for a folder; empty for the files that stand in the folder itself. */
  readonly name: string;
  readonly bytes: number;
  readonly versions: number;
}

const RANGE = 'FROM object_version WHERE bucket_id = ? AND key > ? AND key <= ?';
const BOUNDARY = `SELECT key ${RANGE} ORDER BY key LIMIT 1 OFFSET ?`;

/** The key that ends a run of about `rows` versions behind a key, up to and with another; undefined where fewer are left. */
export async function findFolderRunEnd(
  tx: ReadTx,
  bucketId: BucketId,
  range: readonly [after: string, upTo: string],
  rows: number,
): Promise<string | undefined> {
  return (await tx.get<{ key: string }>(BOUNDARY, bucketId, ...range, BigInt(rows - 1)))?.key;
}

const SUMS = `SELECT substr(behind, 1, instr(behind, '/')) AS name, sum(size) AS bytes, count(*) AS versions
  FROM (SELECT substr(key, length(?) + 1) AS behind, size ${RANGE} AND is_marker = 0)
  GROUP BY 1 ORDER BY min(behind)`;

/** Sums by the next name behind `prefix`, of the keys behind a key up to and with another; in their order. */
export function sumFolders(
  tx: ReadTx,
  bucketId: BucketId,
  prefix: string,
  range: readonly [after: string, upTo: string],
): Promise<FolderSum[]> {
  return tx.all<FolderSum>(SUMS, prefix, bucketId, ...range);
}

const OWN = `SELECT '' AS name, coalesce(sum(size), 0) AS bytes, count(*) AS versions
  FROM object_version WHERE bucket_id = ? AND key = ? AND is_marker = 0`;

/** Of the one key that is the folder itself, as some programs write it. */
export async function sumOwnKey(tx: ReadTx, bucketId: BucketId, key: string): Promise<FolderSum> {
  return (await tx.get<FolderSum>(OWN, bucketId, key)) ?? { name: '', bytes: 0, versions: 0 };
}
