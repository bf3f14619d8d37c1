import { insertBodyExtent } from '../../db/tables/body-extent.ts';
import { growContainer } from '../../db/tables/container.ts';
import { insertExtent } from '../../db/tables/extent.ts';
import type { WriteTx } from '../../db/tx.ts';
import type { BodyId, EpochMs, ExtentId } from '../../domain/ids.ts';
import type { StagedExtent } from '../../storage/body-store.ts';
import type { Placement } from '../command.ts';
import { ensureContainer } from './ensure-container.ts';

/**
 * Adds the rows of a staged body: containers it is the first to use, extents, the ordered list. Answers the new body's
 * id, or null where the body is empty and so has no extent.
 */
export async function insertBody(
  tx: WriteTx,
  extents: readonly StagedExtent[],
  placed: readonly Placement[],
  nowMs: EpochMs,
): Promise<BodyId | null> {
  if (extents.length === 0) return null;
  // The sequence is shared by all kinds of rows; the brand says what this number names.
  const bodyId = tx.nextId() as BodyId;
  let bodyOffset = 0;
  for (const extent of extents) {
    const place = await placeOf(tx, extent, placed, nowMs);
    const footprintBytes = extent.headerLength + extent.storedLength;
    await growContainer(tx, place.containerId, footprintBytes, place.offset + footprintBytes);
    const id = tx.nextId() as ExtentId;
    await insertExtent(tx, {
      id,
      uid: extent.uid,
      containerId: place.containerId,
      containerOffset: place.offset,
      headerLength: extent.headerLength,
      storedLength: extent.storedLength,
      plainLength: extent.plainLength,
      codec: extent.codec,
    });
    await insertBodyExtent(tx, { bodyId, bodyOffset, extentId: id, extentOffset: 0, length: extent.plainLength });
    bodyOffset += extent.plainLength;
  }
  return bodyId;
}

async function placeOf(
  tx: WriteTx,
  extent: StagedExtent,
  placed: readonly Placement[],
  nowMs: EpochMs,
): Promise<Placement> {
  const { at } = extent;
  if (at.kind === 'log') {
    const place = placed[at.frame];
    if (place === undefined) throw new Error(`extent names frame ${at.frame} of ${placed.length} that were submitted`);
    return place;
  }
  const { name, containerKind, diskId, offset } = at;
  return { containerId: await ensureContainer(tx, { name, kind: containerKind, diskId, nowMs }), offset };
}
