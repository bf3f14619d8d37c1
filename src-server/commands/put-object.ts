import { findKeyState } from '../db/tables/object-version.ts';
import type { WriteTx } from '../db/tx.ts';
import { checkWriteCondition, type WriteCondition } from '../domain/conditions.ts';
import type { SequenceId, VersionId } from '../domain/ids.ts';
import type { VersioningState } from '../domain/versioning.ts';
import type { StagedExtent } from '../storage/body-store.ts';
import type { Placement } from './command.ts';
import { growUsage } from './support/grow-usage.ts';
import { insertBody } from './support/insert-body.ts';
import { type NewObject, objectRow } from './support/new-object.ts';
import { publishVersion } from './support/publish-version.ts';

export interface PutObjectInput {
  readonly object: NewObject;
  readonly condition: WriteCondition;
  readonly extents: readonly StagedExtent[];
}

/** What became of a write: the id its version has, and the versioning that decided on it. */
export interface WrittenObject {
  readonly versionId: VersionId;
  readonly versioning: VersioningState;
  readonly seq: SequenceId;
}

/**
 * Makes a staged body the current version of its key.
 *
 * @throws Failure NoSuchBucket, PreconditionFailed, NoSuchKey (If-Match without an object), QuotaExceeded, and as `publishVersion`
 */
export async function putObject(
  tx: WriteTx,
  input: PutObjectInput,
  placed: readonly Placement[],
): Promise<WrittenObject> {
  const { object } = input;
  const state = await findKeyState(tx, object.bucketId, object.key);
  checkWriteCondition(input.condition, state.current?.is_marker === 0 ? state.current.etag : undefined, object.key);
  const bodyId = await insertBody(tx, input.extents, placed, object.modifiedMs);
  const published = await publishVersion(tx, state, object.candidateId, objectRow(object, bodyId), object.lock);
  await growUsage(tx, object.bucketId, published.usage);
  return { versionId: published.versionId, versioning: state.versioning, seq: published.seq };
}
