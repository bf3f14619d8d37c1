import { type ListedUpload, listOpenUploads } from '../../db/tables/upload.ts';
import { sumParts } from '../../db/tables/upload-part.ts';
import { isFailure } from '../../domain/failure.ts';
import type { BucketName, EpochMs } from '../../domain/ids.ts';
import { endOfPrefix } from '../../domain/listing.ts';
import { type Bucket, requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { abortUpload } from './abort-upload.ts';

export interface StaleUploads {
  readonly count: number;
  /** Of their parts. */
  readonly bytes: number;
  readonly oldestMs: EpochMs | undefined;
  /** The first few by key. */
  readonly sample: readonly { readonly key: string; readonly initiatedMs: EpochMs; readonly bytes: number }[];
}

const PAGE = 500;
const SAMPLE = 20;

/** What `abortStaleUploads` would end: open uploads begun before a time. Throws NoSuchBucket. */
export async function findStaleUploads(
  context: ServiceContext,
  name: BucketName,
  beforeMs: EpochMs,
): Promise<StaleUploads> {
  const bucket = await requireBucket(context, name);
  let count = 0;
  let bytes = 0;
  let oldestMs: EpochMs | undefined;
  const sample: { key: string; initiatedMs: EpochMs; bytes: number }[] = [];
  for await (const { upload, partBytes } of staleUploads(context, bucket, beforeMs)) {
    count += 1;
    bytes += partBytes;
    if (oldestMs === undefined || upload.initiated_ms < oldestMs) oldestMs = upload.initiated_ms;
    if (sample.length < SAMPLE) sample.push({ key: upload.key, initiatedMs: upload.initiated_ms, bytes: partBytes });
  }
  return { count, bytes, oldestMs, sample };
}

/**
 * Ends every open upload begun before a time; each is a decision of its own, so that what was done stands whatever comes.
 * Answers how many were ended and the bytes of their parts. Throws NoSuchBucket.
 */
export async function abortStaleUploads(
  context: ServiceContext,
  name: BucketName,
  beforeMs: EpochMs,
): Promise<{ readonly count: number; readonly bytes: number }> {
  const bucket = await requireBucket(context, name);
  let count = 0;
  let bytes = 0;
  for await (const { upload, partBytes } of staleUploads(context, bucket, beforeMs)) {
    try {
      await abortUpload(context, { bucket: name, key: upload.key, uploadId: upload.id });
      count += 1;
      bytes += partBytes;
    } catch (error) {
      // Completed or aborted by its own client meanwhile.
      if (!isFailure(error, 'NoSuchUpload')) throw error;
    }
  }
  return { count, bytes };
}

async function* staleUploads(
  { catalogue }: ServiceContext,
  bucket: Bucket,
  beforeMs: EpochMs,
): AsyncGenerator<{ readonly upload: ListedUpload; readonly partBytes: number }> {
  let after = { key: '', id: '' };
  const to = endOfPrefix('');
  for (;;) {
    const from = after;
    const page = await catalogue.read(async (tx) => {
      const uploads = await listOpenUploads(tx, bucket.id, { after: from, to, limit: PAGE });
      const stale = uploads.filter((upload) => upload.initiated_ms < beforeMs);
      const found: { upload: ListedUpload; partBytes: number }[] = [];
      for (const upload of stale) found.push({ upload, partBytes: (await sumParts(tx, upload.id)).bytes });
      return { found, last: uploads.length < PAGE ? undefined : uploads.at(-1) };
    });
    yield* page.found;
    if (page.last === undefined) return;
    after = { key: page.last.key, id: page.last.id };
  }
}
