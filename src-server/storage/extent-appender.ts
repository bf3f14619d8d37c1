import type { BumpArena } from './bump-arena.ts';
import type { IoClient } from './io-client.ts';
import type { DiskTarget } from './io-protocol.ts';
import { placeInSegment, type SegmentPlace } from './place-in-segment.ts';
import type { Placer } from './placer.ts';
import type { ReaderPins } from './reader-pins.ts';
import { BLOCK_BYTES } from './slab-arena.ts';

/** Copies extents as they are, header and all, into segments of tiers: for compaction and moves. */
export interface ExtentAppender {
  /** Durable when it resolves. Throws the last disk's error. */
  append(extent: Uint8Array, targets: readonly DiskTarget[]): Promise<SegmentPlace>;
}

export function createExtentAppender(deps: {
  readonly io: IoClient;
  readonly pieces: BumpArena;
  readonly placer: Placer;
  readonly pins: ReaderPins;
}): ExtentAppender {
  return {
    append: async (extent, targets) => {
      if (extent.length > BLOCK_BYTES) throw new RangeError('an extent of a segment is at most a block');
      const piece = await deps.pieces.take(extent.length);
      try {
        piece.bytes.set(extent);
        return await placeInSegment(deps, targets, piece, 0, extent.length);
      } finally {
        piece.release();
      }
    },
  };
}
