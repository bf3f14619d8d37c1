import type { BodyId, ETag, UploadId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';

/**
 * A part of a completed multipart object, by the body it is a slice of. `checksum`: base64, of the object's algorithm.
 * Removed with the version (`deleteVersionParts`).
 */
export interface VersionPart {
  readonly part_number: number;
  readonly body_offset: number;
  readonly size: number;
  readonly etag: ETag;
  readonly checksum: string | null;
}

const FROM_UPLOAD = `INSERT INTO version_part (body_id, part_number, body_offset, size, etag, checksum)
  SELECT ?, part_number, ? + sum(size) OVER (ORDER BY part_number) - size, size, etag,
    CASE WHEN ? = 1 THEN checksum END
  FROM upload_part WHERE upload_id = ? AND part_number BETWEEN ? AND ?`;

/** A run of an upload's parts: all that stand between two numbers, both included. */
export interface PartRun {
  readonly first: number;
  readonly last: number;
  /** Where the run begins in the object. */
  readonly bodyOffset: number;
}

/**
 * Names a run of uploaded parts as parts of `bodyId`, one behind the other.
 *
 * @param keepChecksums false where the client chose no checksum: then AWS shows none of the parts'
 */
export async function insertVersionParts(
  tx: WriteTx,
  uploadId: UploadId,
  bodyId: BodyId,
  run: PartRun,
  keepChecksums: boolean,
): Promise<void> {
  const kept = keepChecksums ? 1n : 0n;
  await tx.run(FROM_UPLOAD, bodyId, BigInt(run.bodyOffset), kept, uploadId, run.first, run.last);
}

const FIND = `SELECT part_number, body_offset, size, etag, checksum FROM version_part
  WHERE body_id = ? AND part_number = ?`;

export function findVersionPart(tx: ReadTx, bodyId: BodyId, partNumber: number): Promise<VersionPart | undefined> {
  return tx.get<VersionPart>(FIND, bodyId, partNumber);
}

const LIST = `SELECT part_number, body_offset, size, etag, checksum FROM version_part
  WHERE body_id = ? AND part_number > ? ORDER BY part_number LIMIT ?`;

/** Parts after (not with) a number, in order. */
export function listVersionParts(tx: ReadTx, bodyId: BodyId, after: number, limit: number): Promise<VersionPart[]> {
  return tx.all<VersionPart>(LIST, bodyId, after, BigInt(limit));
}
