import type { UsageDelta } from '../../db/tables/bucket-usage.ts';
import { findHeadById, findKeyState, type KeyState, type VersionHead } from '../../db/tables/object-version.ts';
import type { WriteTx } from '../../db/tx.ts';
import { checkDeleteCondition, type DeleteTarget } from '../../domain/conditions.ts';
import type { ETagCondition } from '../../domain/etag.ts';
import type { BucketId, EpochMs, ETag, ObjectKey, UserId, VersionId } from '../../domain/ids.ts';
import { NO_LOCK } from '../../domain/lock.ts';
import { publishVersion } from './publish-version.ts';
import { removeVersion, removeVersionRow } from './remove-version.ts';

/** One key of DeleteObject or DeleteObjects. */
export interface DeleteRequest {
  readonly key: ObjectKey;
  /** Removes this version or marker for good; undefined hides or removes the current one as the versioning says. */
  readonly versionId: VersionId | undefined;
  /** Of the key's current version, whatever `versionId` says (AWS: "conditional deletes"). */
  readonly condition: ETagCondition | undefined;
  /** The id that a delete marker gets where versioning is enabled. */
  readonly markerId: VersionId;
  /** The caller may remove what is under governance, and said so. */
  readonly bypassGovernance: boolean;
}

export interface DeleteScene {
  readonly bucketId: BucketId;
  /** Owner of the delete markers. */
  readonly ownerId: UserId;
  readonly nowMs: EpochMs;
  /** By the clock of locks. */
  readonly lockNowMs: EpochMs;
}

/**
 * What was done. `removed`: for good, or nothing was there; `versionId` is the one that was asked for. `marked`: a delete
 * marker now stands as the current version.
 */
export type DeleteOutcome =
  | { readonly kind: 'removed'; readonly versionId: VersionId | undefined; readonly wasMarker: boolean }
  | { readonly kind: 'marked'; readonly markerId: VersionId };

/**
 * Deletes one key or version. Deleting what is not there succeeds, as on AWS. Answers the change of the counters, which
 * the caller writes.
 *
 * @throws Failure NoSuchBucket, PreconditionFailed, NoSuchKey (a condition on a key without a version), AccessDenied where a
 *   version that would go is locked
 */
export async function deleteKey(
  tx: WriteTx,
  scene: DeleteScene,
  request: DeleteRequest,
): Promise<{ readonly outcome: DeleteOutcome; readonly usage: UsageDelta | undefined }> {
  const { key, versionId, bypassGovernance } = request;
  const guard = { lockNowMs: scene.lockNowMs, bypassGovernance };
  const state = await findKeyState(tx, scene.bucketId, key);
  checkDeleteCondition(request.condition, targetOf(state.current), key);
  if (versionId !== undefined) {
    const version = await findHeadById(tx, scene.bucketId, key, versionId);
    const wasMarker = version?.is_marker === 1;
    const usage = version === undefined ? undefined : await removeVersion(tx, version, guard, scene.nowMs);
    return { outcome: { kind: 'removed', versionId, wasMarker }, usage };
  }
  if (state.versioning === 'Off') {
    // The only version of its key, so nothing else becomes current.
    const usage =
      state.current === undefined ? undefined : await removeVersionRow(tx, state.current, guard, scene.nowMs);
    return { outcome: { kind: 'removed', versionId: undefined, wasMarker: false }, usage };
  }
  const marked = await putMarker(tx, scene, request, state);
  return { outcome: { kind: 'marked', markerId: marked.versionId }, usage: marked.usage };
}

function targetOf(current: VersionHead | undefined): DeleteTarget {
  if (current === undefined) return { kind: 'absent' };
  return current.is_marker === 1 ? { kind: 'marker' } : { kind: 'object', etag: current.etag };
}

function putMarker(tx: WriteTx, scene: DeleteScene, request: DeleteRequest, state: KeyState) {
  const row = {
    bucket_id: scene.bucketId,
    key: request.key,
    is_marker: 1 as const,
    owner_id: scene.ownerId,
    modified_ms: scene.nowMs,
    size: 0,
    // A marker has no entity tag; the column holds none as empty.
    etag: '' as ETag,
    storage_class: 'STANDARD',
    content_type: null,
    system_metadata: null,
    user_metadata: null,
    tags: null,
    acl: null,
    checksum: null,
    envelope: null,
    part_count: null,
    body_id: null,
  };
  return publishVersion(tx, state, request.markerId, row, { requested: NO_LOCK, lockNowMs: scene.lockNowMs });
}
