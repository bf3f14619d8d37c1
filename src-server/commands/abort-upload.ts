import { changeUsage } from '../db/tables/bucket-usage.ts';
import { deleteUploadRow } from '../db/tables/upload.ts';
import { discardParts, sumParts } from '../db/tables/upload-part.ts';
import type { WriteTx } from '../db/tx.ts';
import type { EpochMs } from '../domain/ids.ts';
import { requireOpenUpload, type UploadRef } from './support/open-upload.ts';

export interface AbortUploadInput {
  readonly upload: UploadRef;
  readonly nowMs: EpochMs;
}

/** Ends an open upload; its parts become garbage. Throws NoSuchUpload, also the second time, as AWS does. */
export async function abortUpload(tx: WriteTx, input: AbortUploadInput): Promise<void> {
  const { uploadId, bucketId } = input.upload;
  await requireOpenUpload(tx, input.upload);
  const { bytes } = await sumParts(tx, uploadId);
  await discardParts(tx, uploadId, input.nowMs);
  await deleteUploadRow(tx, uploadId);
  await changeUsage(tx, bucketId, { bytes: -bytes, versions: 0, objects: 0, uploads: -1 });
}
