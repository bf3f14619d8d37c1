import { listPlacedSlices, type PlacedSlice } from '../../db/tables/body-extent.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { BodyId } from '../../domain/ids.ts';
import type { ExtentCodec, ExtentSlice } from '../../storage/body-store.ts';

/** Half open: the bytes [start, end) of a body. */
export interface BodyWindow {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the pieces of extents that make up a window of a body, with every copy that can be read. They stay readable after
 * the snapshot is gone: what is deleted meanwhile is removed after a grace period only.
 */
export async function findSlices(tx: ReadTx, bodyId: BodyId, window: BodyWindow): Promise<ExtentSlice[]> {
  if (window.start >= window.end) return [];
  const rows = await listPlacedSlices(tx, bodyId, window.start, window.end);
  const slices: ExtentSlice[] = [];
  let diskIds: number[] = [];
  let last: PlacedSlice | undefined;
  for (const row of rows) {
    // Copies of one extent follow one another, each in its own row.
    if (last === undefined || last.body_offset !== row.body_offset) {
      diskIds = [];
      slices.push(toSlice(row, window, diskIds));
    }
    if (row.disk_id !== null) diskIds.push(row.disk_id);
    last = row;
  }
  return slices;
}

function toSlice(row: PlacedSlice, window: BodyWindow, diskIds: readonly number[]): ExtentSlice {
  const from = Math.max(window.start, row.body_offset);
  const to = Math.min(window.end, row.body_offset + row.length);
  return {
    uid: row.uid,
    containerName: row.container_name,
    // Both columns are written from these very types (`commands/support/insert-body.ts`).
    containerKind: row.container_kind as ExtentSlice['containerKind'],
    codec: row.codec as ExtentCodec,
    diskIds,
    offset: row.container_offset,
    headerLength: row.header_length,
    storedLength: row.stored_length,
    plainLength: row.plain_length,
    sliceOffset: row.extent_offset + from - row.body_offset,
    sliceLength: to - from,
  };
}
