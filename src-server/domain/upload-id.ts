import { Failure } from './failure.ts';
import type { EpochMs, UploadId } from './ids.ts';

/** Random bytes that `newUploadId` needs: 144 bits, so that an id cannot be guessed. */
export const UPLOAD_ID_BYTES = 18;

const TIME_BYTES = 6;
const PATTERN = new RegExp(`^[0-9a-f]{${2 * (TIME_BYTES + UPLOAD_ID_BYTES)}}$`);

/**
 * An opaque id. Its first digits are the time, so that ids of one key sort as they were initiated, which is the order of
 * ListMultipartUploads.
 *
 * @param random UPLOAD_ID_BYTES bytes of a cryptographic generator
 */
export function newUploadId(nowMs: EpochMs, random: Uint8Array): UploadId {
  if (random.length !== UPLOAD_ID_BYTES) throw new Error(`an upload id needs ${UPLOAD_ID_BYTES} random bytes`);
  const time = nowMs.toString(16).padStart(2 * TIME_BYTES, '0');
  // Minted here and in parseUploadId only.
  return (time + Buffer.from(random).toString('hex')) as UploadId;
}

/** Reads the `uploadId` of a request. Throws NoSuchUpload for what can be no upload's id. */
export function parseUploadId(text: string): UploadId {
  if (PATTERN.test(text)) return text as UploadId;
  throw noSuchUpload(text);
}

/** The answer for an id that names no open upload of this key. */
export function noSuchUpload(id: string): Failure {
  return new Failure('NoSuchUpload', undefined, { fields: { UploadId: id.slice(0, 1024) } });
}
