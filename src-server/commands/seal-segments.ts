import { sealAllSegments, sealSegment } from '../db/tables/container-upkeep.ts';
import type { WriteTx } from '../db/tx.ts';

export interface SealSegmentsInput {
  /** File names, or all of them: at start, before any appender runs. */
  readonly names: readonly string[] | 'all';
}

/** Says that segments of tiers take no more extents, so that they may be compacted and removed. */
export async function sealSegments(tx: WriteTx, input: SealSegmentsInput): Promise<void> {
  if (input.names === 'all') {
    await sealAllSegments(tx);
    return;
  }
  for (const name of input.names) await sealSegment(tx, name);
}
