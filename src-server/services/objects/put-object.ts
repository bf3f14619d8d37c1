import type { WrittenObject } from '../../commands/put-object.ts';
import { findCurrentHead } from '../../db/tables/object-version.ts';
import { DEFAULT_CHECKSUM_PLAN, formatChecksum, type StoredChecksum } from '../../domain/checksum.ts';
import { checkWriteCondition, type WriteCondition } from '../../domain/conditions.ts';
import type { BucketId, BucketName, ETag, ObjectKey } from '../../domain/ids.ts';
import { tierOf } from '../../domain/storage-class.ts';
import { versionIdFor } from '../../domain/versioning.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { checkRoom } from './check-room.ts';
import type { IncomingBody } from './incoming-body.ts';
import {
  attributeColumns,
  dataKeyFor,
  freshVersionId,
  type ObjectAttributes,
  ownerAndAcl,
  requireLockPossible,
} from './object-attributes.ts';
import { commitStaged, stageBody } from './stage-body.ts';

export interface PutObjectRequest {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly attributes: ObjectAttributes;
  readonly condition: WriteCondition;
  readonly body: IncomingBody;
}

export interface StoredResult extends WrittenObject {
  readonly etag: ETag;
  readonly checksum: StoredChecksum;
  readonly isEncrypted: boolean;
  readonly sizeBytes: number;
}

/**
 * Stores a body as the current version of a key. The order matters: what is already known to fail fails before a byte is
 * read; every byte is durable or framed for the log, and agrees with what was claimed of it, before the command names it.
 *
 * @throws Failure NoSuchBucket, PreconditionFailed, NoSuchKey, QuotaExceeded, of the body, InsufficientStorage; InvalidRequest for
 *   a lock in a bucket without Object Lock
 */
export async function putObject(context: ServiceContext, request: PutObjectRequest): Promise<StoredResult> {
  const { key, attributes, condition } = request;
  const bucket = await requireBucket(context, request.bucket);
  requireLockPossible(bucket, attributes.lock);
  await checkConditionEarly(context, bucket.id, key, condition);
  const body = await checkRoom(context, bucket, request.body, { kind: 'object', key });
  const owned = await ownerAndAcl(context, bucket, request.identity, attributes.acl);
  const candidateId = freshVersionId();
  const dataKey = dataKeyFor(context, bucket, attributes.encryption);
  const algorithm = body.checksumAlgorithm ?? DEFAULT_CHECKSUM_PLAN.algorithm;
  const { staged, etag, checksum } = await stageBody(context, body, algorithm, {
    tier: tierOf(attributes.storageClass),
    dataKey,
    origin: { bucket: bucket.name, key, versionId: versionIdFor(bucket.versioning, candidateId) },
  });
  const object = {
    bucketId: bucket.id,
    key,
    candidateId,
    ...owned,
    modifiedMs: context.now(),
    sizeBytes: staged.sizeBytes,
    etag,
    storageClass: attributes.storageClass,
    ...attributeColumns(attributes),
    checksum: formatChecksum(checksum),
    envelope: dataKey?.envelope ?? null,
    lock: { requested: attributes.lock, lockNowMs: context.lockClock.nowMs() },
  };
  const written = await commitStaged(staged, () =>
    context.engine.submit('put-object', { object, condition, extents: staged.extents }, staged.frames),
  );
  return { ...written, etag, checksum, isEncrypted: dataKey !== undefined, sizeBytes: staged.sizeBytes };
}

/** The command decides; this only spares a client the upload of a body that is already refused. */
export async function checkConditionEarly(
  context: ServiceContext,
  bucketId: BucketId,
  key: ObjectKey,
  condition: WriteCondition,
): Promise<void> {
  if (condition.kind === 'none') return;
  const current = await context.catalogue.read((tx) => findCurrentHead(tx, bucketId, key));
  checkWriteCondition(condition, current?.is_marker === 0 ? current.etag : undefined, key);
}
