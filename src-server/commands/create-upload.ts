import { changeUsage, NO_USAGE } from '../db/tables/bucket-usage.ts';
import { findKeyState } from '../db/tables/object-version.ts';
import { insertUpload, type NewUpload } from '../db/tables/upload.ts';
import type { WriteTx } from '../db/tx.ts';
import { requireBucketLock } from '../domain/bucket-lock.ts';

/** Bytes lose their Buffer on the way to the commit thread. */
export type CreateUploadInput = Omit<NewUpload, 'envelope'> & { readonly envelope: Uint8Array | null };

/**
 * Opens a multipart upload with all that its object will have but bytes. Throws NoSuchBucket, InvalidRequest for a lock in a
 * bucket without Object Lock.
 */
export async function createUpload(tx: WriteTx, input: CreateUploadInput): Promise<void> {
  const { objectLock } = await findKeyState(tx, input.bucket_id, input.key);
  if (input.retention_mode !== null || input.legal_hold !== null) requireBucketLock(objectLock);
  const envelope = input.envelope === null ? null : Buffer.from(input.envelope);
  await insertUpload(tx, { ...input, envelope });
  await changeUsage(tx, input.bucket_id, { ...NO_USAGE, uploads: 1 });
}
