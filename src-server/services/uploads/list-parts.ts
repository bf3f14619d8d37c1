import { findUpload } from '../../db/tables/upload.ts';
import { listParts as listPartRows } from '../../db/tables/upload-part.ts';
import type { ChecksumPlan } from '../../domain/checksum.ts';
import type { BucketName, EpochMs, ETag, ObjectKey, UploadId } from '../../domain/ids.ts';
import { noSuchUpload } from '../../domain/upload-id.ts';
import { planOf } from '../../domain/upload-record.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { PeopleReader, type UploadPeople } from './shown-user.ts';

export interface ListPartsRequest {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly uploadId: UploadId;
  /** Parts after this number. */
  readonly after: number;
  readonly limit: number;
}

export interface PartPage extends UploadPeople {
  readonly storageClass: string;
  /** Undefined where the client chose no checksum. */
  readonly checksumPlan: ChecksumPlan | undefined;
  readonly isTruncated: boolean;
  readonly parts: readonly {
    readonly partNumber: number;
    readonly sizeBytes: number;
    readonly etag: ETag;
    readonly checksum: string;
    readonly modifiedMs: EpochMs;
  }[];
}

/** A page of the parts of an open upload, by number. Throws NoSuchBucket, NoSuchUpload. */
export async function listParts(context: ServiceContext, request: ListPartsRequest): Promise<PartPage> {
  const bucket = await requireBucket(context, request.bucket);
  return context.catalogue.read(async (tx) => {
    const upload = await findUpload(tx, request.uploadId, bucket.id, request.key);
    if (upload?.state !== 'open') throw noSuchUpload(request.uploadId);
    const rows = await listPartRows(tx, upload.id, request.after, request.limit + 1);
    return {
      ...(await new PeopleReader(tx, bucket).read(upload)),
      storageClass: upload.storage_class,
      checksumPlan: planOf(upload),
      isTruncated: request.limit > 0 && rows.length > request.limit,
      parts: rows.slice(0, request.limit).map((row) => ({
        partNumber: row.part_number,
        sizeBytes: row.size,
        etag: row.etag,
        checksum: row.checksum,
        modifiedMs: row.modified_ms,
      })),
    };
  });
}
