import type { ReadTx } from '../../db/tx.ts';
import { evaluateRead, preconditionFailed, type ReadConditions } from '../../domain/conditions.ts';
import { quoteETag } from '../../domain/etag.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { shownVersionId, type VersioningState } from '../../domain/versioning.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { type Selection, selectBytes, type WantedBytes } from './select-bytes.ts';
import { requireVersion, type StoredObject } from './stored-object.ts';

export interface ReadObjectRequest {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly versionId: VersionId | undefined;
  readonly conditions: ReadConditions;
  readonly wanted: WantedBytes;
}

export interface FoundObject {
  readonly object: StoredObject;
  readonly versioning: VersioningState;
  readonly selection: Selection;
}

/** The facts of an object, and which bytes of it a read would be answered with. Throws as `findObject`, and NoSuchBucket. */
export async function headObject(context: ServiceContext, request: ReadObjectRequest): Promise<FoundObject> {
  const bucket = await requireBucket(context, request.bucket);
  return context.catalogue.read((tx) => findObject(tx, bucket, request));
}

/**
 * Finds an object and decides which bytes of it answer the request.
 *
 * @throws Failure NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker by id), PreconditionFailed, NotModified,
 *   InvalidRange, InvalidPartNumber
 */
export async function findObject(tx: ReadTx, bucket: Bucket, request: ReadObjectRequest): Promise<FoundObject> {
  const object = await requireVersion(tx, bucket.id, request.key, request.versionId);
  checkReadConditions(request.conditions, object, bucket.versioning);
  return { object, versioning: bucket.versioning, selection: await selectBytes(tx, object, request.wanted) };
}

function checkReadConditions(conditions: ReadConditions, object: StoredObject, versioning: VersioningState): void {
  const verdict = evaluateRead(conditions, object);
  if (verdict.kind === 'pass') return;
  if (verdict.kind === 'failed') throw preconditionFailed(verdict.condition);
  throw new Failure('NotModified', undefined, { headers: unmodifiedHeaders(object, versioning) });
}

/** What a cache needs to go on with what it has (RFC 9110 §15.4.5). */
function unmodifiedHeaders(object: StoredObject, versioning: VersioningState): Record<string, string> {
  const headers: Record<string, string> = {
    ETag: quoteETag(object.etag),
    'Last-Modified': new Date(object.modifiedMs).toUTCString(),
  };
  const versionId = shownVersionId(versioning, object.versionId);
  if (versionId !== undefined) headers['x-amz-version-id'] = versionId;
  const { 'cache-control': cacheControl, expires } = object.system ?? {};
  if (cacheControl !== undefined) headers['Cache-Control'] = cacheControl;
  if (expires !== undefined) headers.Expires = expires;
  return headers;
}
