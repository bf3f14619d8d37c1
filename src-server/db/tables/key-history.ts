import type { BucketId, EpochMs } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';
import type { VersionRow } from './object-version.ts';
import { BIGINT, TEXT } from './parameters.ts';

/** A version or delete marker as looking back in time needs it. */
export type HistoryRow = Pick<
  VersionRow,
  | 'key'
  | 'seq'
  | 'version_id'
  | 'is_current'
  | 'is_marker'
  | 'modified_ms'
  | 'size'
  | 'etag'
  | 'storage_class'
  | 'content_type'
  | 'system_metadata'
  | 'user_metadata'
  | 'tags'
> & { readonly came_ms: EpochMs | null };

const COLUMNS = `key, seq, version_id, is_current, is_marker, modified_ms, size, etag, storage_class, content_type,
  system_metadata, user_metadata, tags, came_ms`;
const RANGE = `bucket_id = ${BIGINT} AND key >= ${TEXT} AND key < ${TEXT}`;

const LIST = `SELECT ${COLUMNS} FROM object_version WHERE ${RANGE} ORDER BY key, seq DESC LIMIT ${BIGINT}`;

/** Versions and markers in key order, newest first, keys from `from` on and below `end`. */
export function listHistory(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  limit: number,
): Promise<HistoryRow[]> {
  return tx.all<HistoryRow>(LIST, bucketId, range.from, range.end, limit);
}

const BEFORE = `SELECT ${COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND seq < ${BIGINT} AND coalesce(came_ms, modified_ms) <= ${BIGINT}
  ORDER BY seq DESC LIMIT 1`;

/** The newest version or marker of a key that is older than `seq` and stood at a time. */
export function findStanding(
  tx: ReadTx,
  bucketId: BucketId,
  key: string,
  before: { readonly seq: number; readonly atMs: number },
): Promise<HistoryRow | undefined> {
  return tx.get<HistoryRow>(BEFORE, bucketId, key, before.seq, BigInt(before.atMs));
}

export interface MomentOfKey {
  readonly key: string;
  readonly seq: number;
  readonly at_ms: number;
}

const MOMENTS = `SELECT key, seq, coalesce(came_ms, modified_ms) AS at_ms FROM object_version
  WHERE ${RANGE} ORDER BY key, seq DESC LIMIT ${BIGINT}`;
const OLDER_MOMENTS = `SELECT key, seq, coalesce(came_ms, modified_ms) AS at_ms FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND seq < ${BIGINT} ORDER BY seq DESC LIMIT ${BIGINT}`;

/** When the versions of a range came; from the start, or behind one. */
export async function listMoments(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  limit: number,
): Promise<MomentOfKey[]> {
  return tx.all<MomentOfKey>(MOMENTS, bucketId, range.from, range.end, limit);
}

/** As `listMoments`, the further versions of one key. */
export function listOlderMoments(
  tx: ReadTx,
  bucketId: BucketId,
  after: Pick<MomentOfKey, 'key' | 'seq'>,
  limit: number,
): Promise<MomentOfKey[]> {
  return tx.all<MomentOfKey>(OLDER_MOMENTS, bucketId, after.key, after.seq, limit);
}
