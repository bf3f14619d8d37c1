import type { BodyId, ContainerId, ExtentId } from '../../domain/ids.ts';
import type { ReadTx, WriteTx } from '../tx.ts';
import { BIGINT } from './parameters.ts';

/** One immutable stored body or chunk at an offset of a container. Lengths and offsets in bytes. */
export interface NewExtent {
  readonly id: ExtentId;
  readonly uid: Uint8Array;
  readonly containerId: ContainerId;
  readonly containerOffset: number;
  readonly headerLength: number;
  readonly storedLength: number;
  readonly plainLength: number;
  readonly codec: string;
}

const INSERT = `INSERT INTO extent
  (id, uid, container_id, container_offset, header_length, stored_length, plain_length, codec, refs)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)`;

/** Adds an extent that one body_extent row will name. */
export async function insertExtent(tx: WriteTx, extent: NewExtent): Promise<void> {
  const { uid } = extent;
  await tx.run(
    INSERT,
    extent.id,
    Buffer.from(uid.buffer, uid.byteOffset, uid.byteLength),
    extent.containerId,
    extent.containerOffset,
    extent.headerLength,
    extent.storedLength,
    extent.plainLength,
    extent.codec,
  );
}

// A body may name one extent several times (UploadPartCopy twice from one source), so both count rows, not extents.
// Grouped first: a subquery for each extent would scan a body of 10,000 parts 10,000 times.
const ADD_REFS = `UPDATE extent SET refs = refs + b.named
  FROM (SELECT extent_id, count(*) AS named FROM body_extent WHERE body_id = ${BIGINT} GROUP BY extent_id) AS b
  WHERE extent.id = b.extent_id`;
const DROP_REFS = `UPDATE extent SET refs = refs - b.named
  FROM (SELECT extent_id, count(*) AS named FROM body_extent WHERE body_id = ${BIGINT} GROUP BY extent_id) AS b
  WHERE extent.id = b.extent_id`;

/** Counts the rows of this body in `extent.refs`; for bodies whose rows were copied from another. */
export async function addExtentRefs(tx: WriteTx, bodyId: BodyId): Promise<void> {
  await tx.run(ADD_REFS, bodyId);
}

/** Takes the rows of this body out of `extent.refs`; call it before the rows go. */
export async function dropExtentRefs(tx: WriteTx, bodyId: BodyId): Promise<void> {
  await tx.run(DROP_REFS, bodyId);
}

const DELETE = `DELETE FROM extent WHERE id = ? AND refs = 0`;

/** Removes an extent that no body names; the number of rows that went. */
export async function deleteExtent(tx: WriteTx, id: ExtentId): Promise<number> {
  return tx.run(DELETE, id);
}

const MOVE_UNCHANGED = `UPDATE extent SET container_id = ?, container_offset = ?
  WHERE id = ? AND container_id = ? AND container_offset = ?`;

export interface ExtentPlace {
  readonly containerId: ContainerId;
  readonly offset: number;
}

/** Points an extent to a copy of its bytes, unless it stands elsewhere by now; true if it did. */
export async function repointExtent(tx: WriteTx, id: ExtentId, from: ExtentPlace, to: ExtentPlace): Promise<boolean> {
  return (await tx.run(MOVE_UNCHANGED, to.containerId, to.offset, id, from.containerId, from.offset)) > 0;
}

const OF_CONTAINER = `SELECT id, uid, container_offset, header_length, stored_length, plain_length, codec, refs
  FROM extent WHERE container_id = ? AND id > ? ORDER BY id LIMIT ?`;

export interface ExtentRow {
  readonly id: ExtentId;
  readonly uid: Buffer;
  readonly container_offset: number;
  readonly header_length: number;
  readonly stored_length: number;
  readonly plain_length: number;
  readonly codec: string;
  readonly refs: number;
}

/** Extents of a container behind `after`, by id. */
export async function listExtents(
  tx: ReadTx,
  containerId: ContainerId,
  after: number,
  limit: number,
): Promise<ExtentRow[]> {
  return tx.all<ExtentRow>(OF_CONTAINER, containerId, after, limit);
}

const FIRST_OF_CONTAINER = `SELECT id FROM extent WHERE container_id = ? LIMIT 1`;

/** Does any extent stand in this container, garbage included? */
export async function hasExtents(tx: ReadTx, containerId: ContainerId): Promise<boolean> {
  return (await tx.get(FIRST_OF_CONTAINER, containerId)) !== undefined;
}
