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
 * Unlinks the log segments that nobody needs any more (LOG.md 22): no extent stands in them, the second-newest checkpoint is
 * past their last record, and so is the catalogue's main file. First the rows go, then the log is synced past that, then
 * the files; a file that a crash left behind has no row and goes the next time.
 *
 * @returns names of the segments that are gone
 */
export async function releaseSegments(
  core: CommitCore,
  keeper: CheckpointKeeper,
  segments: SegmentList,
): Promise<string[]> {
  const limit = Math.min(keeper.releasableSequence, core.wal.checkpointedSequence);
  const passed = segments.list().filter((one) => one.lastSequence !== undefined && one.lastSequence <= limit);
  const gone = passed.length === 0 ? [] : await core.run((tx) => forgetEmpty(tx, passed));
  if (gone.length === 0) return [];
  crashPoint('release-committed');
  await core.syncPast(core.parts.head.last.sequence);
  for (const one of gone) {
    for (const path of one.paths) unlinkIfThere(core, path);
    segments.remove(one.segment);
  }
  crashPoint('release-unlinked');
  return gone.map((one) => one.name);
}

/** Drops the rows of empty containers among `passed`; answers those that have no row now. */
async function forgetEmpty(tx: WriteTx, passed: readonly ListedSegment[]): Promise<ListedSegment[]> {
  const names = new Set(passed.map((one) => one.name));
  const isPassed = (container: EmptyLogContainer): boolean => names.has(container.name);
  for (const container of (await findEmptyLogContainers(tx)).filter(isPassed)) {
    await deleteLogContainer(tx, container.id);
  }
  const kept = await findLogContainerNames(tx);
  return passed.filter((one) => !kept.has(one.name));
}

function unlinkIfThere(core: CommitCore, path: string): void {
  try {
    core.parts.io.unlink(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
}
