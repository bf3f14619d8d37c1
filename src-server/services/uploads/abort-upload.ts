import type { BucketName, ObjectKey, UploadId } from '../../domain/ids.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

export interface AbortUploadRequest {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly uploadId: UploadId;
}

/** Ends an open upload; its parts are released. Throws NoSuchBucket, NoSuchUpload. */
export async function abortUpload(context: ServiceContext, request: AbortUploadRequest): Promise<void> {
  const { id } = await requireBucket(context, request.bucket);
  const upload = { uploadId: request.uploadId, bucketId: id, key: request.key };
  await context.engine.submit('abort-upload', { upload, nowMs: context.now() });
}
