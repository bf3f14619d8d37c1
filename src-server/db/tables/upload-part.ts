import type { BodyId, EpochMs, ETag, UploadId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/** An uploaded part of an open upload. `checksum`: base64, of the upload's algorithm, CRC64NVME where it has none. */
export interface UploadPartRow {
  readonly part_number: number;
  readonly body_id: BodyId;
  readonly size: number;
  readonly etag: ETag;
  readonly checksum: string;
  readonly modified_ms: EpochMs;
}

const FIND = `SELECT part_number, body_id, size, etag, checksum, modified_ms FROM upload_part
  WHERE upload_id = ? AND part_number = ?`;

export function findPart(tx: ReadTx, uploadId: UploadId, partNumber: number): Promise<UploadPartRow | undefined> {
  return tx.get<UploadPartRow>(FIND, uploadId, partNumber);
}

const LIST = `SELECT part_number, body_id, size, etag, checksum, modified_ms FROM upload_part
  WHERE upload_id = ? AND part_number > ? ORDER BY part_number LIMIT ?`;

/** Parts after (not with) a number, in order. */
export function listParts(tx: ReadTx, uploadId: UploadId, after: number, limit: number): Promise<UploadPartRow[]> {
  return tx.all<UploadPartRow>(LIST, uploadId, after, BigInt(limit));
}

const PUT = `INSERT INTO upload_part (upload_id, part_number, body_id, size, etag, checksum, modified_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (upload_id, part_number) DO UPDATE
  SET body_id = excluded.body_id, size = excluded.size, etag = excluded.etag, checksum = excluded.checksum,
    modified_ms = excluded.modified_ms`;

/** Adds or replaces a part. The body of the one replaced is released before. */
export async function putPartRow(tx: WriteTx, uploadId: UploadId, part: UploadPartRow): Promise<void> {
  const { part_number, body_id, size, etag, checksum, modified_ms } = part;
  await tx.run(PUT, uploadId, part_number, body_id, size, etag, checksum, modified_ms);
}

const TOTAL = `SELECT count(*) AS parts, coalesce(sum(size), 0) AS bytes FROM upload_part WHERE upload_id = ?`;

/** How many parts an upload has, and their bytes. */
export async function sumParts(tx: ReadTx, uploadId: UploadId): Promise<{ parts: number; bytes: number }> {
  return (await tx.get<{ parts: number; bytes: number }>(TOTAL, uploadId)) ?? { parts: 0, bytes: 0 };
}

// The statements below take all parts of an upload at once, so that 10,000 of them cost the log a few entries.
const BODIES = `SELECT body_id FROM upload_part WHERE upload_id = ?`;
const DROP_REFS = `UPDATE extent SET refs = refs - b.named
  FROM (SELECT e.extent_id, count(*) AS named FROM upload_part AS p JOIN body_extent AS e ON e.body_id = p.body_id
    WHERE p.upload_id = ? GROUP BY e.extent_id) AS b
  WHERE extent.id = b.extent_id`;
const COLLECT = `INSERT INTO garbage (extent_id, since_ms)
  SELECT id, ? FROM extent WHERE refs = 0
    AND id IN (SELECT extent_id FROM body_extent WHERE body_id IN (${BODIES}))`;
const DELETE_BODIES = `DELETE FROM body_extent WHERE body_id IN (${BODIES})`;
const DELETE_PARTS = `DELETE FROM upload_part WHERE upload_id = ?`;

/** Removes all parts of an upload with their bodies: extents that nobody else names become garbage. */
export async function discardParts(tx: WriteTx, uploadId: UploadId, nowMs: EpochMs): Promise<void> {
  await tx.run(DROP_REFS, uploadId);
  await tx.run(COLLECT, nowMs, uploadId);
  await tx.run(DELETE_BODIES, uploadId);
  await tx.run(DELETE_PARTS, uploadId);
}

const MOVE_EXTENTS = `INSERT INTO body_extent (body_id, body_offset, extent_id, extent_offset, length)
  SELECT v.body_id, v.body_offset + e.body_offset, e.extent_id, e.extent_offset, e.length
  FROM version_part AS v
    JOIN upload_part AS p ON p.upload_id = ? AND p.part_number = v.part_number
    JOIN body_extent AS e ON e.body_id = p.body_id
  WHERE v.body_id = ?`;
const DELETE_MOVED_BODIES = `DELETE FROM body_extent WHERE body_id IN (
  SELECT p.body_id FROM version_part AS v JOIN upload_part AS p ON p.upload_id = ? AND p.part_number = v.part_number
  WHERE v.body_id = ?)`;
const DELETE_MOVED_PARTS = `DELETE FROM upload_part WHERE upload_id = ?
  AND part_number IN (SELECT part_number FROM version_part WHERE body_id = ?)`;

/**
 * Moves the bytes of the parts that `version_part` names for `bodyId` to that body, at their offsets; the parts go.
 * Each extent is named as often as before, so no reference changes and no byte moves.
 */
export async function movePartsToBody(tx: WriteTx, uploadId: UploadId, bodyId: BodyId): Promise<void> {
  await tx.run(MOVE_EXTENTS, uploadId, bodyId);
  await tx.run(DELETE_MOVED_BODIES, uploadId, bodyId);
  await tx.run(DELETE_MOVED_PARTS, uploadId, bodyId);
}
