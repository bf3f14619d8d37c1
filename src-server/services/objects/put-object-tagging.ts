import { tagsColumnOf } from '../../db/tables/object-columns.ts';
import type { Tag } from '../../domain/bucket-settings.ts';
import type { VersionId } from '../../domain/ids.ts';
import { checkTags, MAX_OBJECT_TAGS } from '../../domain/tags.ts';
import { shownVersionId } from '../../domain/versioning.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { VersionRef } from './stored-object.ts';

/**
 * Replaces the tag set of a version; none removes it. Answers the version's id where the bucket shows ids.
 *
 * @throws Failure InvalidTag, BadRequest for too many, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
 */
export async function putObjectTagging(
  context: ServiceContext,
  ref: VersionRef,
  tags: readonly Tag[],
): Promise<VersionId | undefined> {
  const bucket = await requireBucket(context, ref.bucket);
  const versionId = await context.engine.submit('put-object-tagging', {
    bucketId: bucket.id,
    key: ref.key,
    versionId: ref.versionId,
    tags: tagsColumnOf(checkTags(tags, MAX_OBJECT_TAGS)),
  });
  return shownVersionId(bucket.versioning, versionId);
}
