import { NO_USAGE } from '../../db/tables/bucket-usage.ts';
import { findPart, putPartRow, type UploadPartRow } from '../../db/tables/upload-part.ts';
import type { WriteTx } from '../../db/tx.ts';
import { growUsage } from './grow-usage.ts';
import type { UploadRef } from './open-upload.ts';
import { releaseBody } from './remove-version.ts';

/** Adds a part to an open upload, in place of the one that has its number; the bucket's counters follow. Throws QuotaExceeded. */
export async function putUploadPart(tx: WriteTx, upload: UploadRef, part: UploadPartRow): Promise<void> {
  const replaced = await findPart(tx, upload.uploadId, part.part_number);
  await putPartRow(tx, upload.uploadId, part);
  if (replaced !== undefined) await releaseBody(tx, replaced.body_id, part.modified_ms);
  await growUsage(tx, upload.bucketId, { ...NO_USAGE, bytes: part.size - (replaced?.size ?? 0) });
}
