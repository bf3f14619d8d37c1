import type { UploadRef } from '../../commands/support/open-upload.ts';
import { findUpload } from '../../db/tables/upload.ts';
import type { ReadTx } from '../../db/tx.ts';
import { type ChecksumAlgorithm, type ChecksumPlan, DEFAULT_CHECKSUM_PLAN } from '../../domain/checksum.ts';
import type { BucketName, ObjectKey, Tier, UploadId } from '../../domain/ids.ts';
import { parseStorageClass, tierOf } from '../../domain/storage-class.ts';
import { noSuchUpload } from '../../domain/upload-id.ts';
import { planOf } from '../../domain/upload-record.ts';
import type { DataKey } from '../../storage/body-store.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

/** What addresses a part. */
export interface PartAddress {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly uploadId: UploadId;
  readonly partNumber: number;
}

/** An open upload, as far as storing a part needs it. */
export interface OpenUpload {
  readonly ref: UploadRef;
  readonly plan: ChecksumPlan | undefined;
  /** Of the checksum that is stored with each part. */
  readonly algorithm: ChecksumAlgorithm;
  readonly tier: Tier;
  readonly envelope: Uint8Array | null;
}

/** Finds an open upload before a byte is read. Throws NoSuchUpload. */
export async function findOpenUpload(tx: ReadTx, bucket: Bucket, address: PartAddress): Promise<OpenUpload> {
  const row = await findUpload(tx, address.uploadId, bucket.id, address.key);
  if (row?.state !== 'open') throw noSuchUpload(address.uploadId);
  const plan = planOf(row);
  return {
    ref: { uploadId: row.id, bucketId: bucket.id, key: row.key },
    plan,
    algorithm: (plan ?? DEFAULT_CHECKSUM_PLAN).algorithm,
    tier: tierOf(parseStorageClass(row.storage_class)),
    envelope: row.envelope,
  };
}

/** How bytes of a part are staged: with the upload's data key, so that all parts make one object. */
export function partStaging(context: ServiceContext, bucket: Bucket, upload: OpenUpload, address: PartAddress) {
  const dataKey: DataKey | undefined = upload.envelope === null ? undefined : context.keys.openDataKey(upload.envelope);
  const { key, partNumber, uploadId } = address;
  return { tier: upload.tier, dataKey, origin: { bucket: bucket.name, key, versionId: uploadId, partNumber } };
}
