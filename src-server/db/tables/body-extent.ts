import type { BodyId, ExtentId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { BIGINT } from './parameters.ts';

/** Bytes [bodyOffset, bodyOffset + length) of a body are bytes [extentOffset, …) of the extent's plain text. */
export interface BodyExtent {
  readonly bodyId: BodyId;
  readonly bodyOffset: number;
  readonly extentId: ExtentId;
  readonly extentOffset: number;
  readonly length: number;
}

/** A slice of a body with the place of its extent: one row for each copy that is fit to be read, one without if none is. */
export interface PlacedSlice {
  readonly body_offset: number;
  readonly extent_offset: number;
  readonly length: number;
  readonly uid: Buffer;
  readonly container_offset: number;
  readonly header_length: number;
  readonly stored_length: number;
  readonly plain_length: number;
  readonly codec: string;
  readonly container_name: string;
  readonly container_kind: string;
  readonly disk_id: number | null;
}

// From the slice that holds the first byte; where that is the body's first one, the inner query finds it too.
const PLACED = `SELECT b.body_offset, b.extent_offset, b.length, e.uid, e.container_offset, e.header_length,
    e.stored_length, e.plain_length, e.codec, c.name AS container_name, c.kind AS container_kind, r.disk_id
  FROM body_extent AS b
  JOIN extent AS e ON e.id = b.extent_id
  JOIN container AS c ON c.id = e.container_id
  LEFT JOIN replica AS r ON r.container_id = c.id AND r.state = 'ok'
  WHERE b.body_id = ${BIGINT} AND b.body_offset < ${BIGINT} AND b.body_offset >=
    (SELECT max(f.body_offset) FROM body_extent AS f WHERE f.body_id = ${BIGINT} AND f.body_offset <= ${BIGINT})
  ORDER BY b.body_offset, r.disk_id`;

/** The slices that hold the bytes [start, end) of a body, in order, with where they stand. */
export function listPlacedSlices(tx: ReadTx, bodyId: BodyId, start: number, end: number): Promise<PlacedSlice[]> {
  return tx.all<PlacedSlice>(PLACED, bodyId, end, bodyId, start);
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
