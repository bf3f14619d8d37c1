import { errnoOf } from '../platform/fs-durable.ts';
import type { StagedExtent } from './body-store.ts';
import type { Piece } from './bump-arena.ts';
import type { DiskTarget } from './io-protocol.ts';
import type { Slab } from './slab-arena.ts';
import type { StagingDeps } from './staging.ts';

/**
 * Appends one whole extent to a segment of the first disk that works, synced. `at` and `length`: where the extent stands
 * in the memory. Throws the last disk's error.
 */
export async function placeInSegment(
  { io, placer }: Pick<StagingDeps, 'io' | 'placer'>,
  targets: readonly DiskTarget[],
  memory: Slab | Piece,
  at: number,
  length: number,
): Promise<StagedExtent['at']> {
  const slab = 'slab' in memory ? memory.slab : memory;
  const start = 'slab' in memory ? memory.start + at : at;
  let failed: unknown = new Error('a segment needs at least one disk');
  for (const target of targets) {
    try {
      const worker = io.appenderOf(target.diskId);
      const ref = io.reference(worker, slab, start, length);
      const reply = await io.ask(worker, { kind: 'append', target, slab: ref });
      if (reply.kind !== 'placed') throw new Error(`an I/O worker answered ${reply.kind} to append`);
      const { name, diskId, offset } = reply;
      return { kind: 'container', name, containerKind: 'segment', diskId, offset };
    } catch (error) {
      failed = error;
      const message = error instanceof Error ? error.message : String(error);
      placer.report({ diskId: target.diskId, code: errnoOf(error) ?? 'EIO', message });
    }
  }
  throw failed;
}
