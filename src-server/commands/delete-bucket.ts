import { deleteBucketRow, findBucket, hasVersions } from '../db/tables/bucket.ts';
import { changeUsage, deleteUsage } from '../db/tables/bucket-usage.ts';
import { deleteChangesOf } from '../db/tables/change-record.ts';
import { deleteUploadRow, listUploadsOfBucket } from '../db/tables/upload.ts';
import { discardParts, sumParts } from '../db/tables/upload-part.ts';
import type { WriteTx } from '../db/tx.ts';
import { Failure } from '../domain/failure.ts';
import type { EpochMs } from '../domain/ids.ts';
import { assertBucketStands, type BucketRef } from './support/bucket-still-stands.ts';

export interface DeleteBucketInput {
  readonly bucket: BucketRef;
  readonly nowMs: EpochMs;
}

/** `uploads-left`: nothing stood in the way, but there were too many uploads for one batch; submit again. */
export type DeleteBucketOutcome = { readonly kind: 'deleted' } | { readonly kind: 'uploads-left' };

/** Uploads removed by one command, so that no batch waits long for a bucket. */
const UPLOADS_AT_ONCE = 32;

/**
 * Removes a bucket without versions and delete markers, with its settings and counters. Open uploads do not keep it, as on
 * AWS: they end with it. Throws BucketNotEmpty, NoSuchBucket.
 */
export async function deleteBucket(tx: WriteTx, input: DeleteBucketInput): Promise<DeleteBucketOutcome> {
  const { id, name } = input.bucket;
  const stands = await findBucket(tx, name);
  assertBucketStands(stands?.id === id, input.bucket);
  if (await hasVersions(tx, id)) throw new Failure('BucketNotEmpty', undefined, { fields: { BucketName: name } });
  const uploads = await listUploadsOfBucket(tx, id);
  for (const upload of uploads.slice(0, UPLOADS_AT_ONCE)) {
    const { bytes } = await sumParts(tx, upload.id);
    await discardParts(tx, upload.id, input.nowMs);
    await deleteUploadRow(tx, upload.id);
    const uploadsLess = upload.state === 'open' ? -1 : 0;
    await changeUsage(tx, id, { bytes: -bytes, versions: 0, objects: 0, uploads: uploadsLess });
  }
  if (uploads.length > UPLOADS_AT_ONCE) return { kind: 'uploads-left' };
  await deleteChangesOf(tx, { scope: 'bucket', target: String(id) });
  await deleteUsage(tx, id);
  await deleteBucketRow(tx, id);
  return { kind: 'deleted' };
}
