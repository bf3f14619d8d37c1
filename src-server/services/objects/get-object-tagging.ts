import type { Tag } from '../../domain/bucket-settings.ts';
import type { VersionId } from '../../domain/ids.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import { requireVersion, type VersionRef } from './stored-object.ts';

/** The tags of a version, and its id where the bucket shows ids. Throws as `requireVersion`. */
export async function getObjectTagging(
  context: ServiceContext,
  ref: VersionRef,
): Promise<{ readonly tags: readonly Tag[]; readonly versionId: VersionId | undefined }> {
  const bucket = await requireBucket(context, ref.bucket);
  const object = await context.catalogue.read((tx) => requireVersion(tx, bucket.id, ref.key, ref.versionId));
  return { tags: object.tags, versionId: shownVersionId(bucket.versioning, object.versionId) };
}
