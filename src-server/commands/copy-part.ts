import { copyBodySlice } from '../db/tables/body-extent.ts';
import { addExtentRefs } from '../db/tables/extent.ts';
import { findHeadById } from '../db/tables/object-version.ts';
import type { WriteTx } from '../db/tx.ts';
import type { BodyId, BucketId, EpochMs, ETag, ObjectKey, VersionId } from '../domain/ids.ts';
import { requireOpenUpload, type UploadRef } from './support/open-upload.ts';
import { putUploadPart } from './support/put-upload-part.ts';

export interface CopyPartInput {
  readonly upload: UploadRef;
  readonly partNumber: number;
  readonly etag: ETag;
  /** Base64, of the upload's algorithm. */
  readonly checksum: string;
  /** The version that was read, and the bytes [start, end) of it. */
  readonly source: {
    readonly bucketId: BucketId;
    readonly key: ObjectKey;
    readonly versionId: VersionId;
    readonly bodyId: BodyId;
    readonly start: number;
    readonly end: number;
  };
  readonly nowMs: EpochMs;
}

/** `source-gone`: the version was removed since it was read; nothing changed, and the caller looks again. */
export type CopyPartOutput = 'copied' | 'source-gone';

/** Makes a slice of an object a part, by naming its extents once more: no byte moves. Throws NoSuchUpload. */
export async function copyPart(tx: WriteTx, input: CopyPartInput): Promise<CopyPartOutput> {
  const { source } = input;
  await requireOpenUpload(tx, input.upload);
  const version = await findHeadById(tx, source.bucketId, source.key, source.versionId);
  if (version?.body_id !== source.bodyId) return 'source-gone';
  // The sequence is shared by all kinds of rows.
  const bodyId = tx.nextId() as BodyId;
  await copyBodySlice(tx, source.bodyId, bodyId, source.start, source.end);
  await addExtentRefs(tx, bodyId);
  await putUploadPart(tx, input.upload, {
    part_number: input.partNumber,
    body_id: bodyId,
    size: source.end - source.start,
    etag: input.etag,
    checksum: input.checksum,
    modified_ms: input.nowMs,
  });
  return 'copied';
}
