import { addUsage, NO_USAGE, type UsageDelta } from '../../db/tables/bucket-usage.ts';
import {
  findNoncurrentNullHead,
  insertVersion,
  type KeyState,
  type NewVersion,
  setCurrent,
} from '../../db/tables/object-version.ts';
import type { WriteTx } from '../../db/tx.ts';
import { lockOfNewVersion } from '../../domain/bucket-lock.ts';
import type { EpochMs, SequenceId, VersionId } from '../../domain/ids.ts';
import { type LockColumns, type RequestedLock, UNLOCKED_COLUMNS } from '../../domain/lock.ts';
import { NULL_VERSION } from '../../domain/version-id.ts';
import { versionIdFor } from '../../domain/versioning.ts';
import { removeVersionRow } from './remove-version.ts';

export interface PublishedVersion {
  readonly seq: SequenceId;
  readonly versionId: VersionId;
  /** The change of the bucket's counters, which the caller writes with `changeUsage`. */
  readonly usage: UsageDelta;
}

/** The lock that is asked for a new version, and the time by the clock of locks. */
export interface VersionLock {
  readonly requested: RequestedLock;
  readonly lockNowMs: EpochMs;
}

/**
 * Adds a version or delete marker as the current one of its key, by the bucket's versioning: beside the others under a
 * fresh id where enabled, else as `null` in place of the `null` version that stands. An object is locked as was asked, or as
 * the bucket's default says; a marker never is.
 *
 * @throws Failure AccessDenied where the version to be replaced is locked; InvalidRequest for a lock without Object Lock
 * @param state as `findKeyState` found it in this command
 * @param candidateId the id to take where versioning is enabled
 */
export async function publishVersion(
  tx: WriteTx,
  state: KeyState,
  candidateId: VersionId,
  row: Omit<NewVersion, 'seq' | 'version_id' | keyof LockColumns>,
  { requested, lockNowMs }: VersionLock,
): Promise<PublishedVersion> {
  const { current } = state;
  const guard = { lockNowMs, bypassGovernance: false };
  const times = { nowMs: row.modified_ms, lockNowMs };
  const lock = row.is_marker === 1 ? UNLOCKED_COLUMNS : lockOfNewVersion(state.objectLock, requested, times);
  const versionId = versionIdFor(state.versioning, candidateId);
  let usage = NO_USAGE;
  if (versionId === NULL_VERSION && current?.version_id === NULL_VERSION) {
    usage = await removeVersionRow(tx, current, guard, row.modified_ms);
  } else if (current !== undefined) {
    if (versionId === NULL_VERSION) {
      const replaced = await findNoncurrentNullHead(tx, row.bucket_id, row.key);
      if (replaced !== undefined) usage = await removeVersionRow(tx, replaced, guard, row.modified_ms);
    }
    await setCurrent(tx, current, 0);
    if (current.is_marker === 0) usage = addUsage(usage, { ...NO_USAGE, objects: -1 });
  }
  const seq = tx.nextId();
  await insertVersion(tx, { ...row, ...lock, seq, version_id: versionId });
  const added = { bytes: row.size, versions: 1, objects: row.is_marker === 1 ? 0 : 1, uploads: 0 };
  return { seq, versionId, usage: addUsage(usage, added) };
}
