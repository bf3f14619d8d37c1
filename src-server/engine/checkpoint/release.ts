import {
  deleteLogContainer,
  type EmptyLogContainer,
  findEmptyLogContainers,
  findLogContainerNames,
} from '../../db/tables/log-container.ts';
import type { WriteTx } from '../../db/tx.ts';
import { crashPoint } from '../../platform/crash-point.ts';
import { errnoOf } from '../../platform/fs-durable.ts';
import type { CommitCore } from '../core/commit-core.ts';
import type { ListedSegment, SegmentList } from '../core/segment-list.ts';
import type { CheckpointKeeper } from './checkpoint-keeper.ts';

/**
 * Removes the log segments that nobody needs any more (LOG.md 22): no extent stands in them, the second-newest checkpoint is
 * past their last record, and so is the catalogue's main file. One call drops the rows of what is empty; a later one, the
 * log being synced past that, unlinks the files without a row. In between whoever read the old place has pinned it or is
 * done; what is pinned waits for another call. A crash between the two leaves files without rows, as ever.
 *
 * @param isHeld is a read using this container's file?
 * @returns names of the segments that are gone
 */
export async function releaseSegments(
  core: CommitCore,
  keeper: CheckpointKeeper,
  segments: SegmentList,
  isHeld: (name: string) => boolean,
): Promise<string[]> {
  const limit = Math.min(keeper.releasableSequence, core.wal.checkpointedSequence);
  const passed = segments.list().filter((one) => one.lastSequence !== undefined && one.lastSequence <= limit);
  if (passed.length === 0) return [];
  const gone = (await core.run((tx) => withoutRow(tx, passed))).filter((one) => !isHeld(one.name));
  if (gone.length > 0) await core.syncPast(core.parts.head.last.sequence);
  for (const one of gone) {
    for (const path of one.paths) unlinkIfThere(core, path);
    segments.remove(one.segment);
  }
  if (gone.length > 0) crashPoint('release-unlinked');
  await core.run((tx) => forgetEmpty(tx, passed));
  crashPoint('release-committed');
  return gone.map((one) => one.name);
}

async function withoutRow(tx: WriteTx, passed: readonly ListedSegment[]): Promise<ListedSegment[]> {
  const kept = await findLogContainerNames(tx);
  return passed.filter((one) => !kept.has(one.name));
}

/** Drops the rows of empty containers among `passed`. */
async function forgetEmpty(tx: WriteTx, passed: readonly ListedSegment[]): Promise<void> {
  const names = new Set(passed.map((one) => one.name));
  const isPassed = (container: EmptyLogContainer): boolean => names.has(container.name);
  for (const container of (await findEmptyLogContainers(tx)).filter(isPassed)) {
    await deleteLogContainer(tx, container.id);
  }
}

function unlinkIfThere(core: CommitCore, path: string): void {
  try {
    core.parts.io.unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}
