import { type ListedVersion, listOlderVersions } from '../../db/tables/object-version.ts';
import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

export interface KeyVersionsRequest {
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  /** Number of the last version of the page before. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** Versions and delete markers of one key, newest first; `next` where there are more. Throws NoSuchBucket. */
export async function listKeyVersions(
  context: ServiceContext,
  { bucket, key, before, limit }: KeyVersionsRequest,
): Promise<{ readonly versions: readonly ListedVersion[]; readonly next: number | undefined }> {
  const { id } = await requireBucket(context, bucket);
  const from = before ?? Number.MAX_SAFE_INTEGER;
  const rows = await context.catalogue.read((tx) => listOlderVersions(tx, id, key, from, limit + 1));
  const versions = rows.slice(0, limit);
  return { versions, next: rows.length > limit ? versions.at(-1)?.seq : undefined };
}
