import { type ContainerPlace, doomIfEmpty, listPlaces, shrinkContainer } from '../db/tables/container-upkeep.ts';
import { deleteExtent } from '../db/tables/extent.ts';
import { deleteGarbage, findDueGarbage } from '../db/tables/garbage.ts';
import type { WriteTx } from '../db/tx.ts';
import type { ContainerId, EpochMs, ExtentId } from '../domain/ids.ts';

export interface CollectGarbageInput {
  /** Of the garbage list; few enough for a background turn. */
  readonly extentIds: readonly ExtentId[];
  /** Only what has been garbage since then, or longer. */
  readonly beforeMs: EpochMs;
}

export interface CollectedGarbage {
  readonly extents: number;
  readonly bytes: number;
  /** Chunk files that hold nothing any more: their files go after this is durable, then `forget-containers`. */
  readonly doomed: readonly ContainerPlace[];
}

/** Removes the rows of extents that nobody named for the grace period, and dooms chunk files that are empty by it. */
export async function collectGarbage(tx: WriteTx, input: CollectGarbageInput): Promise<CollectedGarbage> {
  const shrunk = new Map<ContainerId, number>();
  let extents = 0;
  for (const id of input.extentIds) {
    const due = await findDueGarbage(tx, id, input.beforeMs);
    if (due === undefined) continue;
    await deleteGarbage(tx, id);
    // Named again since: then it is no garbage.
    if ((await deleteExtent(tx, id)) === 0) continue;
    extents += 1;
    shrunk.set(due.container_id, (shrunk.get(due.container_id) ?? 0) + due.footprint);
  }
  const doomed: ContainerPlace[] = [];
  let bytes = 0;
  for (const [containerId, footprintBytes] of shrunk) {
    bytes += footprintBytes;
    await shrinkContainer(tx, containerId, footprintBytes);
    if (await doomIfEmpty(tx, containerId, 'chunk')) doomed.push(...(await listPlaces(tx, containerId)));
  }
  return { extents, bytes, doomed };
}
