import type { DiskId } from '../domain/ids.ts';
import { errnoOf } from '../platform/fs-durable.ts';
import type { StagedExtent } from './body-store.ts';
import type { Piece } from './bump-arena.ts';
import type { DiskTarget } from './io-protocol.ts';
import type { Slab } from './slab-arena.ts';
import type { StagingDeps } from './staging.ts';

/** An extent that stands in a segment, durably, with no row yet that says so. */
export interface SegmentPlace {
  readonly name: string;
  readonly diskId: DiskId;
  readonly offset: number;
  /** Once a row names it, or never will: until then nobody may remove the segment. */
  settle(): void;
}

/**
 * Appends one whole extent to a segment of the first disk that works, synced. `at` and `length`: where the extent stands
 * in the memory. Throws the last disk's error.
 */
export async function placeInSegment(
  { io, placer, pins }: Pick<StagingDeps, 'io' | 'placer' | 'pins'>,
  targets: readonly DiskTarget[],
  memory: Slab | Piece,
  at: number,
  length: number,
): Promise<SegmentPlace> {
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
      pins.pin(name);
      let pinned = true;
      const settle = (): void => {
        if (pinned) pins.unpin(name);
        pinned = false;
      };
      return { name, diskId, offset, settle };
    } catch (error) {
      failed = error;
      const message = error instanceof Error ? error.message : String(error);
      placer.report({ diskId: target.diskId, code: errnoOf(error) ?? 'EIO', message });
    }
  }
  throw failed;
}

/** As a command wants it. */
export function segmentAt({ name, diskId, offset }: SegmentPlace): StagedExtent['at'] {
  return { kind: 'container', name, containerKind: 'segment', diskId, offset };
}
