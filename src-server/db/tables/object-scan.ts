import type { BucketId, EpochMs, ObjectKey } from '../../domain/ids.ts';
import type { ReadTx } from '../tx.ts';
import type { VersionRow } from './object-version.ts';
import { BIGINT, TEXT } from './parameters.ts';

/**
 * Statements that walk over many keys, for the thread that makes views of folders. Each call is one bounded step: the caller
 * goes on behind the last key, so that no snapshot lasts.
 */

const RANGE = `bucket_id = ${BIGINT} AND key >= ${TEXT} AND key < ${TEXT}`;

/** A current version as a view keeps it. */
export type ScannedObject = Pick<VersionRow, 'key' | 'size' | 'modified_ms' | 'is_marker'>;

export interface KeyRange {
  readonly bucketId: BucketId;
  readonly from: string;
  readonly end: string;
}

// The table itself, not the index of current objects: with size and time, a look-up for each of a million rows costs more.
const SCAN = `SELECT key, size, modified_ms, is_marker FROM object_version
  WHERE ${RANGE} AND is_current = 1 AND is_marker <= ${BIGINT} ORDER BY key LIMIT ${BIGINT}`;

/** Current versions by key; with the keys whose newest version is a delete marker where `deleted` says so. */
export function scanObjects(
  tx: ReadTx,
  { bucketId, from, end }: KeyRange,
  deleted: boolean,
  limit: number,
): Promise<ScannedObject[]> {
  return tx.all<ScannedObject>(SCAN, bucketId, from, end, deleted ? 1n : 0n, limit);
}

const SLICE_END = `SELECT key FROM object_version
  WHERE ${RANGE} AND is_current = 1 AND is_marker = 0 ORDER BY key LIMIT 1 OFFSET ${BIGINT}`;

/** The key that stands `count` objects behind the start of the range; undefined where fewer are left. */
export async function findSliceEnd(
  tx: ReadTx,
  { bucketId, from, end }: KeyRange,
  count: number,
): Promise<ObjectKey | undefined> {
  return (await tx.get<Pick<VersionRow, 'key'>>(SLICE_END, bucketId, from, end, count))?.key;
}

/** What objects are looked for. Texts are compared as they stand, the name without regard to the case of ASCII letters. */
export interface ObjectConditions {
  /** In lower case; `''` is in every name. */
  readonly nameContains: string;
  /** Characters of the key that are not searched: those of the folder. */
  readonly skipCharacters: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** A piece of the tags column; `''` is in every one. */
  readonly tagsContain: string;
}

const NAMED = `SELECT key FROM object_version
  WHERE ${RANGE} AND is_current = 1 AND is_marker = 0 AND instr(lower(substr(key, ${BIGINT})), ${TEXT}) > 0
  ORDER BY key`;

/** Keys with the text in their name; answered from the index of current objects alone. */
export async function findNamed(
  tx: ReadTx,
  { bucketId, from, end }: KeyRange,
  { nameContains, skipCharacters }: ObjectConditions,
): Promise<ObjectKey[]> {
  const rows = await tx.all<Pick<VersionRow, 'key'>>(NAMED, bucketId, from, end, skipCharacters + 1, nameContains);
  return rows.map(({ key }) => key);
}

const MATCHING = `SELECT key, size, modified_ms, is_marker FROM object_version
  WHERE ${RANGE} AND is_current = 1 AND is_marker = 0
    AND size >= ${BIGINT} AND size <= ${BIGINT} AND modified_ms >= ${BIGINT} AND modified_ms < ${BIGINT}
    AND instr(lower(substr(key, ${BIGINT})), ${TEXT}) > 0
    AND instr(coalesce(tags, ''), ${TEXT}) > 0
  ORDER BY key`;

/** Objects of the range that meet all conditions. */
export function findMatching(
  tx: ReadTx,
  { bucketId, from, end }: KeyRange,
  conditions: ObjectConditions,
): Promise<ScannedObject[]> {
  const { minBytes, maxBytes, fromMs, untilMs, skipCharacters, nameContains, tagsContain } = conditions;
  const sizes = [BigInt(minBytes), BigInt(maxBytes), BigInt(fromMs), BigInt(untilMs)];
  return tx.all<ScannedObject>(MATCHING, bucketId, from, end, ...sizes, skipCharacters + 1, nameContains, tagsContain);
}

/** What a list shows of the newest version of a key. */
export interface ShownRow {
  readonly key: ObjectKey;
  readonly is_marker: 0 | 1;
  readonly size: number;
  readonly modified_ms: EpochMs;
  readonly etag: string;
  readonly storage_class: string;
}

const SHOWN = `SELECT key, is_marker, size, modified_ms, etag, storage_class FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} ORDER BY seq DESC LIMIT 1`;

export function findShown(tx: ReadTx, bucketId: BucketId, key: string): Promise<ShownRow | undefined> {
  return tx.get<ShownRow>(SHOWN, bucketId, key);
}
