import { growContainer } from '../db/tables/container.ts';
import { shrinkContainer } from '../db/tables/container-upkeep.ts';
import { repointExtent } from '../db/tables/extent.ts';
import type { WriteTx } from '../db/tx.ts';
import type { ContainerId, DiskId, EpochMs, ExtentId } from '../domain/ids.ts';
import type { Placement } from './command.ts';
import { ensureContainer } from './support/ensure-container.ts';

/** One extent whose bytes were copied as they are, header and all. */
export interface ExtentMove {
  readonly extentId: ExtentId;
  readonly fromContainerId: ContainerId;
  readonly fromOffset: number;
  /** Header and stored frames. */
  readonly footprintBytes: number;
  /** `log`: among the frames submitted with the command; `segment`: already durable there. */
  readonly to:
    | { readonly kind: 'log'; readonly frame: number }
    | { readonly kind: 'segment'; readonly name: string; readonly diskId: DiskId; readonly offset: number };
}

export interface RelocateExtentsInput {
  readonly moves: readonly ExtentMove[];
  readonly nowMs: EpochMs;
}

/** Points extents to their copies, except those that went or moved meanwhile. Answers how many it moved. */
export async function relocateExtents(
  tx: WriteTx,
  input: RelocateExtentsInput,
  placed: readonly Placement[],
): Promise<number> {
  let moved = 0;
  for (const { extentId, fromContainerId, fromOffset, footprintBytes, to } of input.moves) {
    const place = await placeOf(tx, to, placed, input.nowMs);
    const from = { containerId: fromContainerId, offset: fromOffset };
    if (!(await repointExtent(tx, extentId, from, place))) continue;
    await shrinkContainer(tx, fromContainerId, footprintBytes);
    await growContainer(tx, place.containerId, footprintBytes, place.offset + footprintBytes);
    moved += 1;
  }
  return moved;
}

async function placeOf(
  tx: WriteTx,
  to: ExtentMove['to'],
  placed: readonly Placement[],
  nowMs: EpochMs,
): Promise<Placement> {
  if (to.kind === 'segment') {
    const { name, diskId, offset } = to;
    return { containerId: await ensureContainer(tx, { name, kind: 'segment', diskId, nowMs }), offset };
  }
  const place = placed[to.frame];
  if (place === undefined) throw new Error(`a move names frame ${to.frame} of ${placed.length} that were submitted`);
  return place;
}
