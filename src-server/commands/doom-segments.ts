import { type ContainerPlace, doomIfEmpty, listPlaces } from '../db/tables/container-upkeep.ts';
import type { WriteTx } from '../db/tx.ts';
import type { ContainerId } from '../domain/ids.ts';

export interface DoomSegmentsInput {
  readonly containerIds: readonly ContainerId[];
}

/** Dooms those sealed segments of tiers in which nothing stands any more; answers where their files are. */
export async function doomSegments(tx: WriteTx, input: DoomSegmentsInput): Promise<readonly ContainerPlace[]> {
  const doomed: ContainerPlace[] = [];
  for (const id of input.containerIds) {
    if (await doomIfEmpty(tx, id, 'segment')) doomed.push(...(await listPlaces(tx, id)));
  }
  return doomed;
}
