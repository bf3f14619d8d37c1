import { type ChecksumAlgorithm, type ChecksumPlan, checksumElement, DEFAULT_CHECKSUM_PLAN } from './checksum.ts';
import { Failure } from './failure.ts';
import type { ETag, UploadId } from './ids.ts';

export const MAX_PARTS = 10_000;
/** Each part but the last must have this size when the upload is completed. */
export const MIN_PART_BYTES = 5 * 1024 ** 2;
/** One part, and one PUT. */
export const MAX_PART_BYTES = 5 * 1024 ** 3;
/** AWS's limit: 10,000 parts of 5 GiB. */
const MAX_OBJECT_BYTES = MAX_PARTS * MAX_PART_BYTES;

/** Reads `partNumber`. Throws InvalidArgument unless it is 1-10,000. */
export function parsePartNumber(text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= MAX_PARTS) return value;
  throw new Failure('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive`, {
    fields: { ArgumentName: 'partNumber', ArgumentValue: text.slice(0, 1024) },
  });
}

/** A part as CompleteMultipartUpload lists it; the checksum in base64, of whichever algorithm its element named. */
export interface ListedPart {
  readonly partNumber: number;
  readonly etag: string;
  readonly checksum: { readonly algorithm: ChecksumAlgorithm; readonly value: string } | undefined;
}

/** A part as it was uploaded. */
export interface UploadedPart {
  readonly partNumber: number;
  readonly sizeBytes: number;
  readonly etag: ETag;
  /** Base64, of the upload's algorithm. */
  readonly checksum: string;
}

/**
 * Checks the list of a CompleteMultipartUpload against what was uploaded, in AWS's order: numbers ascending, each part there
 * with this ETag (and checksum), each but the last large enough.
 *
 * @param plan as the upload was created; undefined where the client chose no checksum, and the parts have CRC64NVME
 * @returns the uploaded parts that make the object, in order
 * @throws Failure InvalidPartOrder, InvalidPart, InvalidRequest, BadDigest, EntityTooSmall, EntityTooLarge
 */
export function selectParts(
  uploadId: UploadId,
  plan: ChecksumPlan | undefined,
  listed: readonly ListedPart[],
  uploaded: ReadonlyMap<number, UploadedPart>,
): UploadedPart[] {
  checkOrder(uploadId, listed);
  const selected: UploadedPart[] = [];
  let totalBytes = 0;
  for (const part of listed) {
    const found = uploaded.get(part.partNumber);
    if (found === undefined || found.etag !== part.etag) throw invalidPart(uploadId, part);
    checkListedChecksum(uploadId, plan, part, found);
    totalBytes += found.sizeBytes;
    selected.push(found);
  }
  for (const part of selected.slice(0, -1)) if (part.sizeBytes < MIN_PART_BYTES) throw partTooSmall(part);
  if (totalBytes > MAX_OBJECT_BYTES) {
    const fields = { ProposedSize: String(totalBytes), MaxSizeAllowed: String(MAX_OBJECT_BYTES) };
    throw new Failure('EntityTooLarge', undefined, { fields });
  }
  return selected;
}

function checkOrder(uploadId: UploadId, listed: readonly ListedPart[]): void {
  let before = 0;
  for (const { partNumber } of listed) {
    if (partNumber <= before) {
      throw new Failure('InvalidPartOrder', undefined, { fields: { UploadId: uploadId } });
    }
    before = partNumber;
  }
}

function checkListedChecksum(
  uploadId: UploadId,
  plan: ChecksumPlan | undefined,
  part: ListedPart,
  found: UploadedPart,
): void {
  const { checksum } = part;
  if (checksum === undefined) {
    if (plan === undefined || plan.type === 'FULL_OBJECT') return;
    throw new Failure(
      'InvalidRequest',
      `The upload was created using a ${plan.algorithm.toLowerCase()} checksum. The complete request must include the ` +
        `checksum for each part. It was missing for part ${part.partNumber} in the request.`,
    );
  }
  if (checksum.algorithm !== (plan ?? DEFAULT_CHECKSUM_PLAN).algorithm) {
    // A client that chose nothing for the upload may have sent any algorithm with its parts; those were checked on arrival.
    if (plan === undefined) return;
    const name = checksum.algorithm.toLowerCase();
    throw new Failure(
      'BadDigest',
      `The ${name} you specified for part ${part.partNumber} did not match what we received.`,
    );
  }
  if (checksum.value !== found.checksum) throw invalidPart(uploadId, part);
}

function invalidPart(uploadId: UploadId, part: ListedPart): Failure {
  const fields: Record<string, string> = {
    UploadId: uploadId,
    PartNumber: String(part.partNumber),
    ETag: part.etag.slice(0, 1024),
  };
  if (part.checksum !== undefined) fields[checksumElement(part.checksum.algorithm)] = part.checksum.value;
  return new Failure('InvalidPart', undefined, { fields });
}

function partTooSmall(part: UploadedPart): Failure {
  return new Failure('EntityTooSmall', undefined, {
    fields: {
      ProposedSize: String(part.sizeBytes),
      MinSizeAllowed: String(MIN_PART_BYTES),
      PartNumber: String(part.partNumber),
      ETag: part.etag,
    },
  });
}
