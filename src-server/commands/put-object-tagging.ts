import { findVersionHead, setVersionTags } from '../db/tables/object-version.ts';
import type { WriteTx } from '../db/tx.ts';
import { deleteMarkerInTheWay, noSuchObject } from '../domain/absent-object.ts';
import type { BucketId, ObjectKey, VersionId } from '../domain/ids.ts';

export interface PutObjectTaggingInput {
  readonly bucketId: BucketId;
  readonly key: ObjectKey;
  /** Undefined: the current version. */
  readonly versionId: VersionId | undefined;
  /** As `tagsColumnOf` makes it; null removes the tag set. */
  readonly tags: string | null;
}

/**
 * Replaces the tag set of an object's version, or removes it. Answers the version's id.
 *
 * @throws Failure NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
 */
export async function putObjectTagging(tx: WriteTx, input: PutObjectTaggingInput): Promise<VersionId> {
  const { bucketId, key, versionId } = input;
  const version = await findVersionHead(tx, bucketId, key, versionId);
  if (version === undefined) throw noSuchObject(key, versionId);
  if (version.is_marker === 1) throw deleteMarkerInTheWay(key, version.version_id, versionId !== undefined);
  await setVersionTags(tx, version, input.tags);
  return version.version_id;
}
