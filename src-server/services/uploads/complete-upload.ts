import { hash } from 'node:crypto';
import type { WriteCondition } from '../../domain/conditions.ts';
import type { FinalClaims } from '../../domain/final-checks.ts';
import type { BucketName, ObjectKey, UploadId } from '../../domain/ids.ts';
import type { ListedPart } from '../../domain/part-rules.ts';
import type { CompletedUpload } from '../../domain/upload-record.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { freshVersionId } from '../objects/object-attributes.ts';

export interface CompleteUploadRequest {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly uploadId: UploadId;
  readonly listed: readonly ListedPart[];
  readonly claims: FinalClaims;
  readonly condition: WriteCondition;
}

/**
 * Makes the listed parts of an upload the current version of its key; the same request again gets the same answer.
 *
 * @throws Failure NoSuchBucket, NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, EntityTooLarge, BadDigest,
 *   InvalidRequest, PreconditionFailed, NoSuchKey
 */
export async function completeUpload(
  context: ServiceContext,
  request: CompleteUploadRequest,
): Promise<CompletedUpload> {
  const { uploadId, key, listed, claims, condition } = request;
  const { id } = await requireBucket(context, request.bucket);
  return context.engine.submit('complete-upload', {
    upload: { uploadId, bucketId: id, key },
    listed,
    claims,
    condition,
    fingerprint: fingerprintOf(listed),
    versionId: freshVersionId(),
    nowMs: context.now(),
    lockNowMs: context.lockClock.nowMs(),
  });
}

/** What must be the same for a request to be a retry: the parts. Conditions held the first time. */
function fingerprintOf(listed: readonly ListedPart[]): string {
  return hash('sha256', JSON.stringify(listed.map((part) => [part.partNumber, part.etag])), 'hex');
}
