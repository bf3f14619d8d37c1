import { type BucketLock, readBucketLock } from '../../domain/bucket-lock.ts';
import { Failure } from '../../domain/failure.ts';
import type { BodyId, BucketId, EpochMs, ETag, ObjectKey, SequenceId, UserId, VersionId } from '../../domain/ids.ts';
import type { LockColumns } from '../../domain/lock.ts';
import type { VersioningState } from '../../domain/versioning.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { type SqlGuard, unlocked, unlockedParameters } from './lock-guard.ts';
import { BIGINT, TEXT } from './parameters.ts';

/**
 * A version of an object, or a delete marker, as it stands in the catalogue. `seq` orders the versions of a key, newest
 * greatest; the newest one is current. Text columns with structure are read by `domain/` (checksum, metadata, tags).
 */
export interface VersionRow extends LockColumns {
  readonly bucket_id: BucketId;
  readonly key: ObjectKey;
  readonly seq: SequenceId;
  readonly version_id: VersionId;
  readonly is_current: 0 | 1;
  readonly is_marker: 0 | 1;
  readonly owner_id: UserId;
  readonly modified_ms: EpochMs;
  readonly size: number;
  readonly etag: ETag;
  readonly storage_class: string;
  readonly content_type: string | null;
  readonly system_metadata: string | null;
  readonly user_metadata: string | null;
  readonly tags: string | null;
  readonly acl: string | null;
  readonly checksum: string | null;
  readonly envelope: Buffer | null;
  readonly part_count: number | null;
  readonly body_id: BodyId | null;
}

/** The part of a version that deciding about it needs: conditions, removal, counters. */
export type VersionHead = Pick<
  VersionRow,
  | 'bucket_id'
  | 'key'
  | 'seq'
  | 'version_id'
  | 'is_current'
  | 'is_marker'
  | 'size'
  | 'etag'
  | 'modified_ms'
  | 'part_count'
  | 'body_id'
  | keyof LockColumns
>;

const LOCK_COLUMNS = 'retention_mode, retain_until_ms, legal_hold';
const HEAD_COLUMNS = `bucket_id, key, seq, version_id, is_current, is_marker, size, etag, modified_ms, part_count, body_id,
  ${LOCK_COLUMNS}`;
const ALL_COLUMNS = `bucket_id, key, seq, version_id, is_current, is_marker, owner_id, modified_ms, size, etag,
  storage_class, content_type, system_metadata, user_metadata, tags, acl, checksum, envelope, part_count, body_id,
  ${LOCK_COLUMNS}`;

const CURRENT_HEAD = `SELECT ${HEAD_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} ORDER BY seq DESC LIMIT 1`;

/** The newest version or marker of a key. */
export function findCurrentHead(tx: ReadTx, bucketId: BucketId, key: ObjectKey): Promise<VersionHead | undefined> {
  return tx.get<VersionHead>(CURRENT_HEAD, bucketId, key);
}

/** What a command that adds or removes a version of a key decides on: the bucket as it is now, and the newest version. */
export interface KeyState {
  readonly versioning: VersioningState;
  readonly objectLock: BucketLock | undefined;
  readonly current: VersionHead | undefined;
}

// One statement instead of two: every write of an object runs it. The limit stops the look at older versions.
const KEY_STATE = `SELECT b.versioning, b.object_lock, v.bucket_id, v.key, v.seq, v.version_id, v.is_current, v.is_marker,
    v.size, v.etag, v.modified_ms, v.part_count, v.body_id, v.retention_mode, v.retain_until_ms, v.legal_hold
  FROM bucket AS b
  LEFT JOIN object_version AS v ON v.bucket_id = b.id AND v.key = ${TEXT} AND v.is_current = 1
  WHERE b.id = ${BIGINT} LIMIT 1`;

type KeyStateRow = { versioning: VersioningState; object_lock: string | null } & (
  | VersionHead
  | { readonly [C in keyof VersionHead]: null }
);

/** @throws Failure NoSuchBucket where the bucket went away since the request began; throws for a lock that cannot be read */
export async function findKeyState(tx: ReadTx, bucketId: BucketId, key: ObjectKey): Promise<KeyState> {
  const row = await tx.get<KeyStateRow>(KEY_STATE, key, bucketId);
  if (row === undefined) throw new Failure('NoSuchBucket');
  const objectLock = readBucketLock(row.object_lock);
  return { versioning: row.versioning, objectLock, current: row.seq === null ? undefined : row };
}

// A key has at most one `null` version; two statements because each kind has its own index (0001).
const NULL_HEAD = `SELECT ${HEAD_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND version_id = 'null' AND is_current = 0`;
const HEAD_BY_ID = `SELECT ${HEAD_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND version_id = ${TEXT} AND version_id <> 'null'`;

/** The `null` version of a key where it is not the current one. */
export function findNoncurrentNullHead(
  tx: ReadTx,
  bucketId: BucketId,
  key: ObjectKey,
): Promise<VersionHead | undefined> {
  return tx.get<VersionHead>(NULL_HEAD, bucketId, key);
}

/** The version or marker with this id, `null` included. */
export async function findHeadById(
  tx: ReadTx,
  bucketId: BucketId,
  key: ObjectKey,
  versionId: VersionId,
): Promise<VersionHead | undefined> {
  if (versionId !== 'null') return tx.get<VersionHead>(HEAD_BY_ID, bucketId, key, versionId);
  const current = await findCurrentHead(tx, bucketId, key);
  return current?.version_id === 'null' ? current : findNoncurrentNullHead(tx, bucketId, key);
}

/** As `findHeadById`, or the newest version or marker where no id is given. */
export function findVersionHead(
  tx: ReadTx,
  bucketId: BucketId,
  key: ObjectKey,
  versionId: VersionId | undefined,
): Promise<VersionHead | undefined> {
  return versionId === undefined ? findCurrentHead(tx, bucketId, key) : findHeadById(tx, bucketId, key, versionId);
}

const CURRENT = `SELECT ${ALL_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} ORDER BY seq DESC LIMIT 1`;
const BY_ID = `SELECT ${ALL_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND version_id = ${TEXT} AND version_id <> 'null'`;
const NONCURRENT_NULL = `SELECT ${ALL_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND version_id = 'null' AND is_current = 0`;

/** All columns of the newest version or marker (`versionId` undefined), else of the one with this id. */
export async function findVersion(
  tx: ReadTx,
  bucketId: BucketId,
  key: ObjectKey,
  versionId: VersionId | undefined,
): Promise<VersionRow | undefined> {
  if (versionId !== undefined && versionId !== 'null') return tx.get<VersionRow>(BY_ID, bucketId, key, versionId);
  const current = await tx.get<VersionRow>(CURRENT, bucketId, key);
  if (versionId === undefined || current?.version_id === 'null') return current;
  return tx.get<VersionRow>(NONCURRENT_NULL, bucketId, key);
}

const INSERT = `INSERT INTO object_version (${ALL_COLUMNS})
  VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

export type NewVersion = Omit<VersionRow, 'is_current'>;

/** Adds the newest version of a key. The one before must already be noncurrent or gone. */
export async function insertVersion(tx: WriteTx, row: NewVersion): Promise<void> {
  await tx.run(
    INSERT,
    row.bucket_id,
    row.key,
    row.seq,
    row.version_id,
    row.is_marker,
    row.owner_id,
    row.modified_ms,
    row.size,
    row.etag,
    row.storage_class,
    row.content_type,
    row.system_metadata,
    row.user_metadata,
    row.tags,
    row.acl,
    row.checksum,
    row.envelope,
    row.part_count,
    row.body_id,
    row.retention_mode,
    row.retain_until_ms,
    row.legal_hold,
  );
}

const SET_CURRENT = `UPDATE object_version SET is_current = ? WHERE bucket_id = ? AND key = ? AND seq = ?`;

export async function setCurrent(
  tx: WriteTx,
  version: Pick<VersionRow, 'bucket_id' | 'key' | 'seq'>,
  isCurrent: 0 | 1,
): Promise<void> {
  await tx.run(SET_CURRENT, isCurrent, version.bucket_id, version.key, version.seq);
}

const SET_TAGS = `UPDATE object_version SET tags = ? WHERE bucket_id = ? AND key = ? AND seq = ?`;

/** @param tags as `tagsColumnOf` makes them; null removes the tag set */
export async function setVersionTags(
  tx: WriteTx,
  version: Pick<VersionRow, 'bucket_id' | 'key' | 'seq'>,
  tags: string | null,
): Promise<void> {
  await tx.run(SET_TAGS, tags, version.bucket_id, version.key, version.seq);
}

const SET_RETENTION = `UPDATE object_version SET retention_mode = ?, retain_until_ms = ?
  WHERE bucket_id = ? AND key = ? AND seq = ?`;
const SET_LEGAL_HOLD = `UPDATE object_version SET legal_hold = ? WHERE bucket_id = ? AND key = ? AND seq = ?`;

/** Sets until when a version is kept; the rule is `checkRetentionChange`. */
export async function setVersionRetention(
  tx: WriteTx,
  version: Pick<VersionRow, 'bucket_id' | 'key' | 'seq'>,
  lock: Pick<LockColumns, 'retention_mode' | 'retain_until_ms'>,
): Promise<void> {
  const { bucket_id, key, seq } = version;
  await tx.run(SET_RETENTION, lock.retention_mode, lock.retain_until_ms, bucket_id, key, seq);
}

/** Sets or lifts a version's legal hold. */
export async function setVersionLegalHold(
  tx: WriteTx,
  version: Pick<VersionRow, 'bucket_id' | 'key' | 'seq'>,
  isOn: boolean,
): Promise<void> {
  await tx.run(SET_LEGAL_HOLD, isOn ? 1 : 0, version.bucket_id, version.key, version.seq);
}

const SET_ACL = `UPDATE object_version SET acl = ? WHERE bucket_id = ? AND key = ? AND seq = ?`;

/** @param acl as `domain/acl.ts` writes it; null brings back the default */
export async function setVersionAcl(
  tx: WriteTx,
  version: Pick<VersionRow, 'bucket_id' | 'key' | 'seq'>,
  acl: string | null,
): Promise<void> {
  await tx.run(SET_ACL, acl, version.bucket_id, version.key, version.seq);
}

const DELETE = `DELETE FROM object_version WHERE bucket_id = ? AND key = ? AND seq = ? AND ${unlocked('object_version')}`;

/**
 * Removes the row only; `commands/support/remove-version.ts` removes a version with all that hangs on it, and asks the lock
 * first. The statement looks once more: a locked row stays, and the command fails with all it did.
 */
export async function deleteVersionRow(
  tx: WriteTx,
  version: Pick<VersionRow, 'bucket_id' | 'key' | 'seq'>,
  guard: SqlGuard,
): Promise<void> {
  const { bucket_id, key, seq } = version;
  const deleted = await tx.run(DELETE, bucket_id, key, seq, ...unlockedParameters(guard));
  if (deleted === 0) throw new Error('a version was to be removed that is locked or gone');
}

const DELETE_PARTS = `DELETE FROM version_part WHERE body_id = ?`;

/** Removes the part rows of a completed multipart body. */
export async function deleteVersionParts(tx: WriteTx, bodyId: BodyId): Promise<void> {
  await tx.run(DELETE_PARTS, bodyId);
}

// --- listings ---------------------------------------------------------------------------------------------------

/** What ListObjects shows of an object. */
export type ListedObject = Pick<
  VersionRow,
  'key' | 'size' | 'etag' | 'modified_ms' | 'storage_class' | 'checksum' | 'owner_id'
>;

/**
 * Columns `v.…` of current objects in key order; parameters: bucket, first key, end, limit, bucket. The inner query finds keys
 * in the small index of current objects alone: however many old versions and markers stand between two objects, none is
 * looked at. Left to itself the planner would walk through them in the table.
 */
export function currentObjects(columns: string): string {
  return `SELECT ${columns}
  FROM (SELECT key, seq FROM object_version
    WHERE bucket_id = ${BIGINT} AND key >= ${TEXT} AND key < ${TEXT} AND is_current = 1 AND is_marker = 0
    ORDER BY key LIMIT ${BIGINT}) AS k
  JOIN object_version AS v ON v.bucket_id = ${BIGINT} AND v.key = k.key AND v.seq = k.seq
  ORDER BY k.key`;
}

const LIST_OBJECTS = currentObjects('v.key, v.size, v.etag, v.modified_ms, v.storage_class, v.checksum, v.owner_id');

/** Objects in key order, keys from `from` on and below `end`. */
export function listObjects(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  limit: number,
): Promise<ListedObject[]> {
  return tx.all<ListedObject>(LIST_OBJECTS, bucketId, range.from, range.end, limit, bucketId);
}

/** What an operation has to know of an object before it takes it. */
export interface SourceObject {
  readonly key: ObjectKey;
  readonly seq: SequenceId;
  readonly size: number;
  readonly storage_class: string;
  readonly is_encrypted: 0 | 1;
}

const LIST_SOURCES = currentObjects(
  'v.key, v.seq, v.size, v.storage_class, CASE WHEN v.envelope IS NULL THEN 0 ELSE 1 END AS is_encrypted',
);

/** Objects in key order, keys from `from` on and below `end`, as operations see them. */
export function listSources(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  limit: number,
): Promise<SourceObject[]> {
  return tx.all<SourceObject>(LIST_SOURCES, bucketId, range.from, range.end, limit, bucketId);
}

const ANY_OBJECT = `SELECT key FROM object_version
  WHERE bucket_id = ${BIGINT} AND key >= ${TEXT} AND key < ${TEXT} AND is_current = 1 AND is_marker = 0 LIMIT 1`;

/** The first key from `from` on and below `end` that has an object. */
export async function findAnyObject(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
): Promise<string | undefined> {
  return (await tx.get<{ key: string }>(ANY_OBJECT, bucketId, range.from, range.end))?.key;
}

/** What ListObjectVersions shows of a version or delete marker. */
export type ListedVersion = ListedObject & Pick<VersionRow, 'seq' | 'version_id' | 'is_current' | 'is_marker'>;

const VERSION_COLUMNS = `key, seq, version_id, is_current, is_marker, size, etag, modified_ms, storage_class, checksum,
  owner_id`;
const LIST_VERSIONS = `SELECT ${VERSION_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key >= ${TEXT} AND key < ${TEXT} ORDER BY key, seq DESC LIMIT ${BIGINT}`;
const LIST_OLDER = `SELECT ${VERSION_COLUMNS} FROM object_version
  WHERE bucket_id = ${BIGINT} AND key = ${TEXT} AND seq < ${BIGINT} ORDER BY seq DESC LIMIT ${BIGINT}`;

/** Versions and markers in key order, newest first, keys from `from` on and below `end`. */
export function listVersions(
  tx: ReadTx,
  bucketId: BucketId,
  range: { readonly from: string; readonly end: string },
  limit: number,
): Promise<ListedVersion[]> {
  return tx.all<ListedVersion>(LIST_VERSIONS, bucketId, range.from, range.end, limit);
}

/** Versions and markers of one key that are older than `seq`, newest first. */
export function listOlderVersions(
  tx: ReadTx,
  bucketId: BucketId,
  key: string,
  seq: number,
  limit: number,
): Promise<ListedVersion[]> {
  return tx.all<ListedVersion>(LIST_OLDER, bucketId, key, seq, limit);
}
