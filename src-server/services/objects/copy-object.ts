import type { WrittenObject } from '../../commands/put-object.ts';
import type { NewObject } from '../../commands/support/new-object.ts';
import { type ChecksumAlgorithm, formatChecksum, type StoredChecksum } from '../../domain/checksum.ts';
import type { ReadConditions, WriteCondition } from '../../domain/conditions.ts';
import type { CopySource } from '../../domain/copy-source.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketName, EpochMs, ETag, ObjectKey, VersionId } from '../../domain/ids.ts';
import type { RequestedLock } from '../../domain/lock.ts';
import { parseStorageClass, type StorageClass, tierOf } from '../../domain/storage-class.ts';
import { shownVersionId, versionIdFor } from '../../domain/versioning.ts';
import type { ExtentSlice } from '../../storage/body-store.ts';
import type { RequestedAcl } from '../access/requested-acl.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { findSlices } from './body-slices.ts';
import { checkSize } from './check-room.ts';
import { type CopyDirectives, copiedAttributes, copyChangesNothing } from './copied-attributes.ts';
import { copiedChecksum } from './copied-checksum.ts';
import { attributeColumns, dataKeyFor, freshVersionId, ownerAndAcl, requireLockPossible } from './object-attributes.ts';
import { checkConditionEarly } from './put-object.ts';
import { requireCopySource } from './require-copy-source.ts';
import { commitStaged, stageBody } from './stage-body.ts';
import { storedBody } from './stored-body.ts';
import type { StoredObject } from './stored-object.ts';

export interface CopyObjectRequest {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly source: CopySource;
  readonly sourceConditions: ReadConditions;
  readonly condition: WriteCondition;
  readonly directives: CopyDirectives;
  /** Undefined: STANDARD; a copy does not take its source's class. */
  readonly storageClass: StorageClass | undefined;
  readonly encryption: 'AES256' | undefined;
  /** Undefined keeps the source's. */
  readonly checksumAlgorithm: ChecksumAlgorithm | undefined;
  /** A copy never takes its source's lock. */
  readonly lock: RequestedLock;
  /** Of the copy: it never takes its source's. Left out: the default. */
  readonly acl?: RequestedAcl | undefined;
  /** Asks whether the caller may read the source's tags, where some are copied; left out: that was asked. */
  readonly mayCopyTags?: () => Promise<void>;
  /** AWS's limit for one request unless another is given. */
  readonly limitBytes?: number;
}

export interface CopiedObject extends WrittenObject {
  readonly etag: ETag;
  readonly modifiedMs: EpochMs;
  readonly checksum: StoredChecksum;
  readonly isEncrypted: boolean;
  /** The version that was copied, where its bucket shows ids. */
  readonly sourceVersionId: VersionId | undefined;
}

/** AWS's limit for one copy; larger objects are copied by parts. */
const MAX_COPY_BYTES = 5 * 1024 ** 3;
/** How often a source may be replaced between reading it and naming its bytes before the caller is told to try again. */
const MAX_ATTEMPTS = 5;

/** What one look at the source found out. */
interface CopyPlan {
  readonly bucket: Bucket;
  readonly source: StoredObject;
  readonly sourceBucket: Bucket;
  readonly storageClass: StorageClass;
  readonly algorithm: ChecksumAlgorithm;
  /** Of the source's bytes; undefined where they must be read to know it. */
  readonly checksum: StoredChecksum | undefined;
  readonly slices: readonly ExtentSlice[];
  /** Whose the copy will be, and its ACL. */
  readonly owned: Awaited<ReturnType<typeof ownerAndAcl>>;
}

/**
 * Copies a version to a key. No byte moves, unless the copy is encrypted and its source is not (or the other way round),
 * belongs to another tier, or has a checksum that only its bytes can tell. The caller has authorized reading the source.
 *
 * @throws Failure as `requireCopySource`; InvalidRequest for a copy onto itself that changes nothing, or over 5 GiB;
 *   NoSuchBucket, PreconditionFailed, NoSuchKey, QuotaExceeded; OperationAborted where the source keeps changing
 */
export async function copyObject(context: ServiceContext, request: CopyObjectRequest): Promise<CopiedObject> {
  const bucket = await requireBucket(context, request.bucket);
  requireLockPossible(bucket, request.lock);
  await checkConditionEarly(context, bucket.id, request.key, request.condition);
  const sourceBucket = await requireBucket(context, request.source.bucket);
  const owned = await ownerAndAcl(context, bucket, request.identity, request.acl);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const plan = { ...(await planCopy(context, request, bucket, sourceBucket)), owned };
    if (plan.source.tags.length > 0 && request.directives.tags === undefined) await request.mayCopyTags?.();
    const copied = mustRewrite(plan, request)
      ? await rewrite(context, request, plan)
      : await share(context, request, plan);
    if (copied !== 'source-gone') return copied;
  }
  throw new Failure('OperationAborted');
}

function planCopy(
  context: ServiceContext,
  request: CopyObjectRequest,
  bucket: Bucket,
  sourceBucket: Bucket,
): Promise<Omit<CopyPlan, 'owned'>> {
  return context.catalogue.read(async (tx) => {
    const source = await requireCopySource(tx, sourceBucket, request.source, request.sourceConditions);
    if (source.sizeBytes > (request.limitBytes ?? MAX_COPY_BYTES)) throw tooLarge();
    if (isOntoItself(request, sourceBucket) && !changesSomething(request, source)) throw copyChangesNothing();
    const { algorithm, known } = await copiedChecksum(tx, source, request.checksumAlgorithm);
    const window = { start: 0, end: source.sizeBytes };
    const slices = source.bodyId === null ? [] : await findSlices(tx, source.bodyId, window);
    const storageClass = request.storageClass ?? 'STANDARD';
    return { bucket, source, sourceBucket, storageClass, algorithm, checksum: known, slices };
  });
}

/** An older version named by its id is another object: copying it onto its key restores it. */
function isOntoItself({ bucket, key, source }: CopyObjectRequest, sourceBucket: Bucket): boolean {
  if (bucket !== source.bucket || key !== source.key) return false;
  return source.versionId === undefined || sourceBucket.versioning === 'Off';
}

function changesSomething(request: CopyObjectRequest, source: StoredObject): boolean {
  return (
    request.directives.metadata !== undefined ||
    request.directives.redirectLocation !== undefined ||
    request.encryption !== undefined ||
    request.checksumAlgorithm !== undefined ||
    (request.storageClass !== undefined && request.storageClass !== source.storageClass)
  );
}

function mustRewrite(plan: CopyPlan, request: CopyObjectRequest): boolean {
  const isEncrypted = request.encryption !== undefined || plan.bucket.encryption !== undefined;
  return (
    plan.checksum === undefined ||
    isEncrypted !== (plan.source.envelope !== null) ||
    tierOf(plan.storageClass) !== tierOf(parseStorageClass(plan.source.storageClass))
  );
}

/** Names the source's extents once more, under the source's data key where it has one. */
async function share(
  context: ServiceContext,
  request: CopyObjectRequest,
  plan: CopyPlan,
): Promise<CopiedObject | 'source-gone'> {
  const { source, sourceBucket, checksum } = plan;
  if (checksum === undefined) throw new Error('a copy that names bytes needs their checksum');
  const { etag, sizeBytes, envelope } = source;
  const object = newObject(context, request, plan, { etag, sizeBytes, checksum, envelope });
  const written = await context.engine.submit('copy-object', {
    object,
    condition: request.condition,
    source: { bucketId: sourceBucket.id, key: source.key, versionId: source.versionId, seq: source.seq },
  });
  return written === 'source-gone' ? written : answer(plan, object, checksum, written);
}

/** Reads the source's bytes and stores them once more. */
async function rewrite(context: ServiceContext, request: CopyObjectRequest, plan: CopyPlan): Promise<CopiedObject> {
  const dataKey = dataKeyFor(context, plan.bucket, request.encryption);
  await checkSize(context, plan.bucket, plan.source.sizeBytes, { kind: 'object', key: request.key });
  const body = storedBody(context, plan.source, plan.slices, plan.algorithm);
  const candidateId = freshVersionId();
  const { staged, etag, checksum } = await stageBody(context, body, plan.algorithm, {
    tier: tierOf(plan.storageClass),
    dataKey,
    origin: {
      bucket: plan.bucket.name,
      key: request.key,
      versionId: versionIdFor(plan.bucket.versioning, candidateId),
    },
  });
  const envelope = dataKey?.envelope ?? null;
  const facts = { etag, sizeBytes: staged.sizeBytes, checksum, envelope };
  const object = { ...newObject(context, request, plan, facts), candidateId };
  const input = { object, condition: request.condition, extents: staged.extents };
  const written = await commitStaged(staged, () => context.engine.submit('put-object', input, staged.frames));
  return answer(plan, object, checksum, written);
}

interface BodyFacts {
  readonly etag: ETag;
  readonly sizeBytes: number;
  readonly checksum: StoredChecksum;
  readonly envelope: Uint8Array | null;
}

function newObject(context: ServiceContext, request: CopyObjectRequest, plan: CopyPlan, facts: BodyFacts): NewObject {
  return {
    bucketId: plan.bucket.id,
    key: request.key,
    candidateId: freshVersionId(),
    ...plan.owned,
    modifiedMs: context.now(),
    sizeBytes: facts.sizeBytes,
    etag: facts.etag,
    storageClass: plan.storageClass,
    ...attributeColumns(copiedAttributes(plan.source, request.directives)),
    checksum: formatChecksum(facts.checksum),
    envelope: facts.envelope,
    lock: { requested: request.lock, lockNowMs: context.lockClock.nowMs() },
  };
}

function answer(plan: CopyPlan, object: NewObject, checksum: StoredChecksum, written: WrittenObject): CopiedObject {
  return {
    ...written,
    etag: object.etag,
    modifiedMs: object.modifiedMs,
    checksum,
    isEncrypted: object.envelope !== null,
    sourceVersionId: shownVersionId(plan.sourceBucket.versioning, plan.source.versionId),
  };
}

function tooLarge(): Failure {
  const message = `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_COPY_BYTES}`;
  return new Failure('InvalidRequest', message);
}
