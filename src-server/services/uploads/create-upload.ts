import { randomBytes } from 'node:crypto';
import type { ChecksumPlan } from '../../domain/checksum.ts';
import type { BucketName, ObjectKey, UploadId } from '../../domain/ids.ts';
import { lockColumns } from '../../domain/lock.ts';
import { newUploadId, UPLOAD_ID_BYTES } from '../../domain/upload-id.ts';
import { requireUser } from '../access/require-user.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { attributeColumns, dataKeyFor, type ObjectAttributes, ownerAndAcl } from '../objects/object-attributes.ts';

export interface CreateUploadRequest {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly attributes: ObjectAttributes;
  /** Undefined where the client chose no checksum. */
  readonly checksumPlan: ChecksumPlan | undefined;
}

export interface CreatedUpload {
  readonly uploadId: UploadId;
  readonly isEncrypted: boolean;
}

/**
 * Opens a multipart upload: everything of the object but its bytes is fixed now, its data key too.
 * Throws NoSuchBucket, AccessDenied for anonymous callers, InvalidRequest for a lock in a bucket without Object Lock.
 */
export async function createUpload(context: ServiceContext, request: CreateUploadRequest): Promise<CreatedUpload> {
  const { attributes, checksumPlan } = request;
  const bucket = await requireBucket(context, request.bucket);
  const dataKey = dataKeyFor(context, bucket, attributes.encryption);
  const owned = await ownerAndAcl(context, bucket, request.identity, attributes.acl);
  const columns = attributeColumns(attributes);
  const nowMs = context.now();
  const uploadId = newUploadId(nowMs, randomBytes(UPLOAD_ID_BYTES));
  await context.engine.submit('create-upload', {
    id: uploadId,
    bucket_id: bucket.id,
    key: request.key,
    initiator_id: requireUser(request.identity).userId,
    owner_id: owned.ownerId,
    initiated_ms: nowMs,
    storage_class: attributes.storageClass,
    content_type: columns.contentType,
    system_metadata: columns.systemMetadata,
    user_metadata: columns.userMetadata,
    tags: columns.tags,
    acl: owned.acl,
    checksum_algorithm: checksumPlan?.algorithm ?? null,
    checksum_type: checksumPlan?.type ?? null,
    envelope: dataKey?.envelope ?? null,
    ...lockColumns(attributes.lock),
  });
  return { uploadId, isEncrypted: dataKey !== undefined };
}
