import { findVersionHead, setVersionAcl } from '../db/tables/object-version.ts';
import type { WriteTx } from '../db/tx.ts';
import { deleteMarkerInTheWay, noSuchObject } from '../domain/absent-object.ts';
import type { BucketId, ObjectKey, VersionId } from '../domain/ids.ts';

export interface PutObjectAclInput {
  readonly bucketId: BucketId;
  readonly key: ObjectKey;
  /** Undefined: the current version. */
  readonly versionId: VersionId | undefined;
  /** As `domain/acl.ts` writes it; null: the default. */
  readonly acl: string | null;
}

/**
 * Replaces the ACL of an object's version. Answers the version's id.
 *
 * @throws Failure NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker
 */
export async function putObjectAcl(tx: WriteTx, input: PutObjectAclInput): Promise<VersionId> {
  const { bucketId, key, versionId } = input;
  const version = await findVersionHead(tx, bucketId, key, versionId);
  if (version === undefined) throw noSuchObject(key, versionId);
  if (version.is_marker === 1) throw deleteMarkerInTheWay(key, version.version_id, versionId !== undefined);
  await setVersionAcl(tx, version, input.acl);
  return version.version_id;
}
