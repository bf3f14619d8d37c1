import type { WriteTx } from '../db/tx.ts';
import type { BodyId, EpochMs, ETag } from '../domain/ids.ts';
import type { StagedExtent } from '../storage/body-store.ts';
import type { Placement } from './command.ts';
import { insertBody } from './support/insert-body.ts';
import { requireOpenUpload, type UploadRef } from './support/open-upload.ts';
import { putUploadPart } from './support/put-upload-part.ts';

export interface PutPartInput {
  readonly upload: UploadRef;
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly etag: ETag;
  /** Base64, of the upload's algorithm. */
  readonly checksum: string;
  readonly extents: readonly StagedExtent[];
  readonly nowMs: EpochMs;
}

/** Stores an uploaded part. Throws NoSuchUpload. */
export async function putPart(tx: WriteTx, input: PutPartInput, placed: readonly Placement[]): Promise<void> {
  await requireOpenUpload(tx, input.upload);
  // An empty part has no extents but is a part; the sequence is shared by all kinds of rows.
  const bodyId = (await insertBody(tx, input.extents, placed, input.nowMs)) ?? (tx.nextId() as BodyId);
  await putUploadPart(tx, input.upload, {
    part_number: input.partNumber,
    body_id: bodyId,
    size: input.sizeBytes,
    etag: input.etag,
    checksum: input.checksum,
    modified_ms: input.nowMs,
  });
}
