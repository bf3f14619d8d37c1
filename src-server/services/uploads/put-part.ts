import type { ChecksumAlgorithm, ChecksumPlan } from '../../domain/checksum.ts';
import { Failure } from '../../domain/failure.ts';
import type { ETag } from '../../domain/ids.ts';
import type { StagedBody } from '../../storage/body-store.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { checkRoom } from '../objects/check-room.ts';
import type { IncomingBody } from '../objects/incoming-body.ts';
import { commitStaged, stageBody } from '../objects/stage-body.ts';
import { findOpenUpload, type PartAddress, partStaging } from './open-upload.ts';

export interface PutPartRequest extends PartAddress {
  readonly body: IncomingBody;
}

export interface StoredPart {
  readonly etag: ETag;
  /** Base64; of the algorithm that the client sent, else of the one that is stored with the part. */
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string };
  readonly isEncrypted: boolean;
}

/**
 * Stores a part of an upload, in place of the one that has its number.
 *
 * @throws Failure NoSuchBucket, NoSuchUpload, InvalidRequest (a checksum that does not go with the upload's), of the body,
 *   QuotaExceeded, InsufficientStorage
 */
export async function putPart(context: ServiceContext, request: PutPartRequest): Promise<StoredPart> {
  const { partNumber, uploadId } = request;
  const bucket = await requireBucket(context, request.bucket);
  const upload = await context.catalogue.read((tx) => findOpenUpload(tx, bucket, request));
  checkPartAlgorithm(upload.plan, request.body.checksumAlgorithm);
  const body = await checkRoom(context, bucket, request.body, { kind: 'part', uploadId, partNumber });
  const staging = partStaging(context, bucket, upload, request);
  const { staged, etag, checksum } = await stageBody(context, body, upload.algorithm, staging);
  const shown = shownChecksum(staged, body.checksumAlgorithm) ?? checksum;
  const part = {
    upload: upload.ref,
    partNumber,
    sizeBytes: staged.sizeBytes,
    etag,
    checksum: checksum.value,
    extents: staged.extents,
    nowMs: context.now(),
  };
  await commitStaged(staged, () => context.engine.submit('put-part', part, staged.frames));
  return {
    etag,
    checksum: { algorithm: shown.algorithm, value: shown.value },
    isEncrypted: staging.dataKey !== undefined,
  };
}

/**
 * A part's checksum must be of the upload's algorithm. A composite checksum is made of what clients sent, so there each
 * part needs one; full-object uploads do without, and uploads without an algorithm take any.
 */
function checkPartAlgorithm(plan: ChecksumPlan | undefined, sent: ChecksumAlgorithm | undefined): void {
  if (plan === undefined || sent === plan.algorithm || (sent === undefined && plan.type === 'FULL_OBJECT')) return;
  const expected = plan.algorithm.toLowerCase();
  throw new Failure(
    'InvalidRequest',
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${sent?.toLowerCase() ?? 'null'}`,
  );
}

function shownChecksum(staged: StagedBody, sent: ChecksumAlgorithm | undefined): StoredPart['checksum'] | undefined {
  const digest = sent === undefined ? undefined : staged.digests[sent];
  if (sent === undefined || digest === undefined) return undefined;
  return { algorithm: sent, value: Buffer.from(digest).toString('base64') };
}
