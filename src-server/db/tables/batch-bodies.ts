import type { BatchId, BucketId, EpochMs } from '../../domain/ids.ts';
import type { WriteTx } from '../tx.ts';

/*
 * Bodies of a batch, as operation_item.body_id names them. No byte moves: extents are named once more, or once less.
 */

const COPY_EXTENTS = `INSERT INTO body_extent (body_id, body_offset, extent_id, extent_offset, length)
  SELECT i.body_id, x.body_offset, x.extent_id, x.extent_offset, x.length
  FROM operation_item AS i CROSS JOIN object_version AS v CROSS JOIN body_extent AS x
  WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq
    AND x.body_id = v.body_id AND i.batch_id = ?`;
const COPY_PARTS = `INSERT INTO version_part (body_id, part_number, body_offset, size, etag, checksum)
  SELECT i.body_id, p.part_number, p.body_offset, p.size, p.etag, p.checksum
  FROM operation_item AS i CROSS JOIN object_version AS v CROSS JOIN version_part AS p
  WHERE v.bucket_id = ? AND v.key = i.key AND v.seq = i.seq
    AND p.body_id = v.body_id AND i.batch_id = ? AND v.part_count IS NOT NULL`;
const NAMED = `SELECT x.extent_id, count(*) AS named FROM operation_item AS i CROSS JOIN body_extent AS x
  WHERE x.body_id = i.body_id AND i.batch_id = ? GROUP BY x.extent_id`;
const ADD_REFS = `UPDATE extent SET refs = refs + b.named FROM (${NAMED}) AS b WHERE extent.id = b.extent_id`;

/** Gives every item's body the bytes and parts of the version it is taken from. */
export async function copyBodies(tx: WriteTx, batchId: BatchId, bucketId: BucketId): Promise<void> {
  await tx.run(COPY_EXTENTS, bucketId, batchId);
  await tx.run(COPY_PARTS, bucketId, batchId);
  await tx.run(ADD_REFS, batchId);
}

const DROP_REFS = `UPDATE extent SET refs = refs - b.named FROM (${NAMED}) AS b WHERE extent.id = b.extent_id`;
const COLLECT = `INSERT INTO garbage (extent_id, since_ms)
  SELECT id, ? FROM extent WHERE refs = 0 AND id IN (
    SELECT x.extent_id FROM operation_item AS i JOIN body_extent AS x ON x.body_id = i.body_id WHERE i.batch_id = ?)`;
const BODIES = 'SELECT i.body_id FROM operation_item AS i WHERE i.batch_id = ? AND i.body_id IS NOT NULL';
const DELETE_EXTENTS = `DELETE FROM body_extent WHERE body_id IN (${BODIES})`;
const DELETE_PARTS = `DELETE FROM version_part WHERE body_id IN (${BODIES})`;

/** Forgets every item's body: extents that nobody else names become garbage. */
export async function releaseBodies(tx: WriteTx, batchId: BatchId, nowMs: EpochMs): Promise<void> {
  await tx.run(DROP_REFS, batchId);
  await tx.run(COLLECT, nowMs, batchId);
  await tx.run(DELETE_EXTENTS, batchId);
  await tx.run(DELETE_PARTS, batchId);
}
