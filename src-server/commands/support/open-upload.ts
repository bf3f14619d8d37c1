import { findUpload, type UploadRow } from '../../db/tables/upload.ts';
import type { ReadTx } from '../../db/tx.ts';
import type { BucketId, ObjectKey, UploadId } from '../../domain/ids.ts';
import { noSuchUpload } from '../../domain/upload-id.ts';

/** What names an upload. The id alone does not: it opens nothing in another bucket or under another key. */
export interface UploadRef {
  readonly uploadId: UploadId;
  readonly bucketId: BucketId;
  readonly key: ObjectKey;
}

/** The open upload. Throws NoSuchUpload where there is none, or it was aborted or completed. */
export async function requireOpenUpload(tx: ReadTx, ref: UploadRef): Promise<UploadRow> {
  const upload = await findUpload(tx, ref.uploadId, ref.bucketId, ref.key);
  if (upload?.state !== 'open') throw noSuchUpload(ref.uploadId);
  return upload;
}
