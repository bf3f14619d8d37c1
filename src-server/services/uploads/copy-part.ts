import type { CopyPartInput } from '../../commands/copy-part.ts';
import type { ChecksumAlgorithm } from '../../domain/checksum.ts';
import type { ReadConditions } from '../../domain/conditions.ts';
import type { CopySource } from '../../domain/copy-source.ts';
import { etagOfMd5 } from '../../domain/etag.ts';
import { Failure } from '../../domain/failure.ts';
import type { BucketId, EpochMs, ETag, VersionId } from '../../domain/ids.ts';
import { MAX_PART_BYTES } from '../../domain/part-rules.ts';
import { parseCopySourceRange } from '../../domain/ranges.ts';
import { parseStorageClass, tierOf } from '../../domain/storage-class.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import type { ExtentSlice } from '../../storage/body-store.ts';
import { DigestSet } from '../../storage/digests.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { type BodyWindow, findSlices } from '../objects/body-slices.ts';
import { checkSize } from '../objects/check-room.ts';
import { requireCopySource } from '../objects/require-copy-source.ts';
import { commitStaged, stageBody } from '../objects/stage-body.ts';
import type { StoredObject } from '../objects/stored-object.ts';
import { findOpenUpload, type OpenUpload, type PartAddress, partStaging } from './open-upload.ts';

export interface CopyPartRequest extends PartAddress {
  /** May be read by the caller: `authorize` was asked. */
  readonly source: CopySource;
  /** `x-amz-copy-source-range`; undefined: all of it. */
  readonly range: string | undefined;
  readonly conditions: ReadConditions;
  readonly signal: AbortSignal;
}

export interface CopiedPart {
  readonly etag: ETag;
  readonly modifiedMs: EpochMs;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
  /** False where the client chose no checksum for the upload: then AWS shows none. */
  readonly isChecksumShown: boolean;
  readonly isEncrypted: boolean;
  /** The version that was read, where its bucket shows ids. */
  readonly sourceVersionId: VersionId | undefined;
}

/** What a copy reads and where it goes, on one snapshot. */
interface Plan {
  readonly upload: OpenUpload;
  readonly source: StoredObject;
  readonly window: BodyWindow;
  readonly slices: readonly ExtentSlice[];
}

interface PartDigests {
  readonly etag: ETag;
  readonly checksum: string;
}

/** A source that is replaced again and again while it is copied ends the attempt. */
const MAX_ATTEMPTS = 4;

/**
 * Makes bytes of an object a part of an upload. Where both are plain and of one tier no byte moves, only their digests are
 * computed, and not even those where the source's own say the same; else the bytes are written anew.
 *
 * @throws Failure NoSuchBucket, NoSuchKey, NoSuchVersion, NoSuchUpload, PreconditionFailed, InvalidArgument (range),
 *   InvalidRequest (too large), QuotaExceeded, InsufficientStorage
 */
export async function copyPart(context: ServiceContext, request: CopyPartRequest): Promise<CopiedPart> {
  const bucket = await requireBucket(context, request.bucket);
  const sourceBucket = await requireBucket(context, request.source.bucket);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const plan = await makePlan(context, bucket, sourceBucket, request);
    const { uploadId, partNumber } = request;
    const sizeBytes = plan.window.end - plan.window.start;
    await checkSize(context, bucket, sizeBytes, { kind: 'part', uploadId, partNumber });
    const done = canShare(plan)
      ? await share(context, sourceBucket.id, plan, request)
      : await rewrite(context, bucket, plan, request);
    if (done === undefined) continue;
    return {
      etag: done.etag,
      modifiedMs: done.nowMs,
      checksum: { algorithm: plan.upload.algorithm, value: done.checksum },
      isChecksumShown: plan.upload.plan !== undefined,
      isEncrypted: plan.upload.envelope !== null,
      sourceVersionId: shownVersionId(sourceBucket.versioning, plan.source.versionId),
    };
  }
  throw new Failure('OperationAborted');
}

function makePlan(
  context: ServiceContext,
  bucket: Bucket,
  sourceBucket: Bucket,
  request: CopyPartRequest,
): Promise<Plan> {
  return context.catalogue.read(async (tx) => {
    const upload = await findOpenUpload(tx, bucket, request);
    const source = await requireCopySource(tx, sourceBucket, request.source, request.conditions);
    const window = windowOf(request.range, source);
    const slices = source.bodyId === null ? [] : await findSlices(tx, source.bodyId, window);
    return { upload, source, window, slices };
  });
}

function windowOf(range: string | undefined, source: StoredObject): BodyWindow {
  const window = { start: 0, end: source.sizeBytes };
  if (range !== undefined) {
    const { start, end } = parseCopySourceRange(range, source.sizeBytes);
    window.start = start;
    window.end = end + 1;
  }
  if (window.end - window.start <= MAX_PART_BYTES) return window;
  const message = `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_PART_BYTES}`;
  throw new Failure('InvalidRequest', message);
}

function canShare({ upload, source }: Plan): boolean {
  return (
    source.bodyId !== null &&
    upload.envelope === null &&
    source.envelope === null &&
    upload.tier === tierOf(parseStorageClass(source.storageClass))
  );
}

interface Done extends PartDigests {
  readonly nowMs: EpochMs;
}

async function share(
  context: ServiceContext,
  sourceBucketId: BucketId,
  plan: Plan,
  request: CopyPartRequest,
): Promise<Done | undefined> {
  const { source, window, upload } = plan;
  if (source.bodyId === null) return undefined;
  const digests = knownDigests(plan) ?? (await computeDigests(context, plan, request.signal));
  const input: CopyPartInput = {
    upload: upload.ref,
    partNumber: request.partNumber,
    ...digests,
    source: {
      bucketId: sourceBucketId,
      key: source.key,
      versionId: source.versionId,
      bodyId: source.bodyId,
      ...window,
    },
    nowMs: context.now(),
  };
  const output = await context.engine.submit('copy-part', input);
  return output === 'copied' ? { ...digests, nowMs: input.nowMs } : undefined;
}

/** An ETag that is the MD5 of its object's bytes; a copy of a multipart object has its source's, which is not. */
const MD5_ETAG = /^[0-9a-f]{32}$/;

/** Of a whole source written in one piece its own ETag and checksum are those of the part. */
function knownDigests({ source, window, upload }: Plan): PartDigests | undefined {
  const isWhole = window.start === 0 && window.end === source.sizeBytes && source.partCount === null;
  const { checksum } = source;
  if (!isWhole || !MD5_ETAG.test(source.etag)) return undefined;
  if (checksum?.algorithm !== upload.algorithm || checksum.type !== 'FULL_OBJECT') return undefined;
  return { etag: source.etag, checksum: checksum.value };
}

async function computeDigests(context: ServiceContext, plan: Plan, signal: AbortSignal): Promise<PartDigests> {
  const { algorithm } = plan.upload;
  const set = new DigestSet(['MD5', algorithm]);
  for await (const bytes of sourceBytes(context, plan, signal)) set.update(bytes);
  const digests = set.digest();
  const md5 = digests.MD5;
  const checksum = digests[algorithm];
  if (md5 === undefined || checksum === undefined) throw new Error('a digest was not computed');
  return { etag: etagOfMd5(md5), checksum: Buffer.from(checksum).toString('base64') };
}

async function rewrite(context: ServiceContext, bucket: Bucket, plan: Plan, request: CopyPartRequest): Promise<Done> {
  const { upload, window } = plan;
  const body = {
    sizeBytes: window.end - window.start,
    neededDigests: [],
    checksumAlgorithm: undefined,
    chunks: () => sourceBytes(context, plan, request.signal),
    verify: () => undefined,
  };
  const staging = partStaging(context, bucket, upload, request);
  const { staged, etag, checksum } = await stageBody(context, body, upload.algorithm, staging);
  const nowMs = context.now();
  const part = {
    upload: upload.ref,
    partNumber: request.partNumber,
    sizeBytes: staged.sizeBytes,
    etag,
    checksum: checksum.value,
    extents: staged.extents,
    nowMs,
  };
  await commitStaged(staged, () => context.engine.submit('put-part', part, staged.frames));
  return { etag, checksum: checksum.value, nowMs };
}

/** The verified plain bytes of the source; each piece is good until the next is asked for. */
async function* sourceBytes(context: ServiceContext, plan: Plan, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  if (plan.slices.length === 0) return;
  const { envelope } = plan.source;
  const dataKey = envelope === null ? undefined : context.keys.openDataKey(envelope);
  for await (const chunk of context.bodies.read(plan.slices, dataKey, signal)) {
    try {
      yield* chunk.pieces;
    } finally {
      chunk.release();
    }
  }
}
