import type { BucketId } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';
import { currentObjects, type VersionRow } from './object-version.ts';
import { BIGINT, TEXT } from './parameters.ts';

/** What an archive's plan says of a version. */
export type ZipSource = Pick<
  VersionRow,
  'key' | 'seq' | 'version_id' | 'is_marker' | 'size' | 'modified_ms' | 'checksum'
>;

const COLUMNS = ['key', 'seq', 'version_id', 'is_marker', 'size', 'modified_ms', 'checksum'];
const CURRENT = currentObjects(COLUMNS.map((column) => `v.${column}`).join(', '));

/** Current objects in key order, keys from `from` on and below `end`. */
export function listCurrentSources(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  limit: number,
): Promise<ZipSource[]> {
  return tx.all<ZipSource>(CURRENT, bucketId, range.from, range.end, limit, bucketId);
}

const NEXT_KEY = `SELECT key FROM object_version
  WHERE bucket_id = ${BIGINT} AND key >= ${TEXT} AND key < ${TEXT} ORDER BY key LIMIT 1`;
const AT_MOMENT = `SELECT ${COLUMNS.join(', ')} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND modified_ms <= ${BIGINT} ORDER BY seq DESC LIMIT 1`;

/** The first key of the range that has any version. */
export async function findNextKey(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
): Promise<string | undefined> {
  return (await tx.get<{ readonly key: string }>(NEXT_KEY, bucketId, range.from, range.end))?.key;
}

/** The version or delete marker that was a key's newest one then. */
export function findSourceAt(
  tx: ReadTx,
  bucketId: BucketId,
  key: string,
  atMs: number,
): Promise<ZipSource | undefined> {
  return tx.get<ZipSource>(AT_MOMENT, bucketId, key, atMs);
}
