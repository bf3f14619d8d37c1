import { type BatchBucket, findBatchBucket } from '../../db/tables/bucket.ts';
import { insertItems } from '../../db/tables/operation-item.ts';
import type { WriteTx } from '../../db/tx.ts';
import { Failure } from '../../domain/failure.ts';
import type { BatchId, BodyId, BucketId, ObjectKey, SequenceId, VersionId } from '../../domain/ids.ts';
import { NULL_VERSION } from '../../domain/version-id.ts';
import { type VersioningState, versionIdFor } from '../../domain/versioning.ts';

/** A key of an operation as its caller saw it. Random ids come along, since commands make none. */
export interface ItemInput {
  readonly key: ObjectKey;
  /** Of the version that was seen there; or what put the object into the bin. */
  readonly seq: SequenceId;
  readonly targetKey: ObjectKey;
  /** Of the version at the target, where its bucket keeps versions. */
  readonly candidateId?: VersionId;
  /** Of the delete marker that takes the object's place, where its bucket keeps versions. */
  readonly markerId?: VersionId;
}

export interface BatchShape {
  readonly source: VersioningState;
  readonly target: VersioningState;
  /** Each gets a body of its own, for a copy. */
  readonly withBodies: boolean;
}

/** A batch with its items in the table; its id is newer than every version there is. */
export async function newBatch(tx: WriteTx, items: readonly ItemInput[], shape: BatchShape): Promise<BatchId> {
  // The sequence is shared by all kinds of rows; the brands say what these numbers name.
  const batchId = tx.nextId() as BatchId;
  const rows = items.map((item) => ({
    key: item.key,
    seq: item.seq,
    target_key: item.targetKey,
    version_id: versionIdFor(shape.target, item.candidateId ?? NULL_VERSION),
    marker_id: versionIdFor(shape.source, item.markerId ?? NULL_VERSION),
    body_id: shape.withBodies ? (tx.nextId() as BodyId) : null,
  }));
  await insertItems(tx, batchId, rows);
  return batchId;
}

/** @throws Failure NoSuchBucket where the bucket went away */
export async function requireBatchBucket(tx: WriteTx, bucketId: BucketId): Promise<BatchBucket> {
  const bucket = await findBatchBucket(tx, bucketId);
  if (bucket === undefined) throw new Failure('NoSuchBucket');
  return bucket;
}
