import type { BodyId, ExtentId } from '../../domain/ids.ts';
import type { WriteTx } from '../tx.ts';

/** Bytes [bodyOffset, bodyOffset + length) of a body are bytes [extentOffset, …) of the extent's plain text. */
export interface BodyExtent {
  readonly bodyId: BodyId;
  readonly bodyOffset: number;
  readonly extentId: ExtentId;
  readonly extentOffset: number;
  readonly length: number;
}

const INSERT = `INSERT INTO body_extent (body_id, body_offset, extent_id, extent_offset, length) VALUES (?, ?, ?, ?, ?)`;

export async function insertBodyExtent(tx: WriteTx, row: BodyExtent): Promise<void> {
  await tx.run(INSERT, row.bodyId, row.bodyOffset, row.extentId, row.extentOffset, row.length);
}

const COPY = `INSERT INTO body_extent (body_id, body_offset, extent_id, extent_offset, length)
  SELECT ?, body_offset, extent_id, extent_offset, length FROM body_extent WHERE body_id = ?`;

/** Names the same bytes by another body; the caller counts them with `addExtentRefs`. */
export async function copyBodyExtents(tx: WriteTx, from: BodyId, to: BodyId): Promise<void> {
  await tx.run(COPY, to, from);
}

// CASE, not the two-argument min and max, which PostgreSQL spells otherwise.
const COPY_SLICE = `INSERT INTO body_extent (body_id, body_offset, extent_id, extent_offset, length)
  SELECT ?, CASE WHEN body_offset > ? THEN body_offset - ? ELSE 0 END, extent_id,
    CASE WHEN body_offset > ? THEN extent_offset ELSE extent_offset + ? - body_offset END,
    CASE WHEN body_offset + length < ? THEN body_offset + length ELSE ? END
      - CASE WHEN body_offset > ? THEN body_offset ELSE ? END
  FROM body_extent WHERE body_id = ? AND body_offset < ? AND body_offset + length > ?`;

/** As `copyBodyExtents`, for the bytes [start, end) of a body only. */
export async function copyBodySlice(tx: WriteTx, from: BodyId, to: BodyId, start: number, end: number): Promise<void> {
  const first = BigInt(start);
  const past = BigInt(end);
  await tx.run(COPY_SLICE, to, first, first, first, first, past, past, first, first, from, past, first);
}

const DELETE_ALL = `DELETE FROM body_extent WHERE body_id = ?`;

export async function deleteBodyExtents(tx: WriteTx, bodyId: BodyId): Promise<void> {
  await tx.run(DELETE_ALL, bodyId);
}
