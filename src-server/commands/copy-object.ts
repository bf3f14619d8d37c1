import { copyBodyExtents } from '../db/tables/body-extent.ts';
import { addExtentRefs } from '../db/tables/extent.ts';
import { findHeadById, findKeyState } from '../db/tables/object-version.ts';
import type { WriteTx } from '../db/tx.ts';
import { checkWriteCondition, type WriteCondition } from '../domain/conditions.ts';
import type { BodyId, BucketId, ObjectKey, SequenceId, VersionId } from '../domain/ids.ts';
import type { WrittenObject } from './put-object.ts';
import { growUsage } from './support/grow-usage.ts';
import { type NewObject, objectRow } from './support/new-object.ts';
import { publishVersion } from './support/publish-version.ts';

export interface CopyObjectInput {
  readonly object: NewObject;
  readonly condition: WriteCondition;
  /** The version whose bytes are named once more, as it was read. */
  readonly source: {
    readonly bucketId: BucketId;
    readonly key: ObjectKey;
    readonly versionId: VersionId;
    readonly seq: SequenceId;
  };
}

/** `source-gone`: the version was removed since it was read; nothing changed, and the caller looks again. */
export type CopyObjectOutput = WrittenObject | 'source-gone';

/**
 * Makes a whole copy of a version the current version of a key, without moving a byte: its extents are named once more.
 *
 * @throws Failure NoSuchBucket, PreconditionFailed, NoSuchKey (If-Match without an object), QuotaExceeded, and as `publishVersion`
 */
export async function copyObject(tx: WriteTx, input: CopyObjectInput): Promise<CopyObjectOutput> {
  const { object, source } = input;
  const state = await findKeyState(tx, object.bucketId, object.key);
  checkWriteCondition(input.condition, state.current?.is_marker === 0 ? state.current.etag : undefined, object.key);
  const version = await findHeadById(tx, source.bucketId, source.key, source.versionId);
  if (version?.seq !== source.seq) return 'source-gone';
  const bodyId = version.body_id === null ? null : await shareBody(tx, version.body_id);
  const published = await publishVersion(tx, state, object.candidateId, objectRow(object, bodyId), object.lock);
  await growUsage(tx, object.bucketId, published.usage);
  return { versionId: published.versionId, versioning: state.versioning, seq: published.seq };
}

/** Before the key's old version goes: a copy onto itself must not let the references fall to none in between. */
async function shareBody(tx: WriteTx, source: BodyId): Promise<BodyId> {
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const bodyId = tx.nextId() as BodyId;
  await copyBodyExtents(tx, source, bodyId);
  await addExtentRefs(tx, bodyId);
  return bodyId;
}
