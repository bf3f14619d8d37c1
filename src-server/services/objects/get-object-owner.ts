import { findUserById } from '../../db/tables/iam-user.ts';
import { findVersion } from '../../db/tables/object-version.ts';
import { deleteMarkerInTheWay, noSuchObject } from '../../domain/absent-object.ts';
import { type Acl, readAcl } from '../../domain/acl.ts';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';

export interface ObjectOwner {
  readonly canonicalId: string;
  readonly displayName: string | null;
  readonly versionId: VersionId;
  /** What the version's ACL grants; the default one where ACLs are off. */
  readonly acl: Acl;
}

/**
 * Who owns a version: the bucket's owner where ownership is enforced or the writer is gone, else who wrote it.
 * Throws NoSuchBucket, NoSuchKey, NoSuchVersion, MethodNotAllowed for a delete marker.
 */
export async function getObjectOwner(
  context: ServiceContext,
  bucketName: BucketName,
  key: ObjectKey,
  versionId: VersionId | undefined,
): Promise<ObjectOwner> {
  const bucket = await requireBucket(context, bucketName);
  const { version, writer } = await context.catalogue.read(async (tx) => {
    const found = await findVersion(tx, bucket.id, key, versionId);
    return { version: found, writer: found && (await findUserById(tx, found.owner_id)) };
  });
  if (version === undefined) throw noSuchObject(key, versionId);
  if (version.is_marker === 1) throw deleteMarkerInTheWay(key, version.version_id, versionId !== undefined);
  if (bucket.ownership === 'BucketOwnerEnforced' || writer === undefined) {
    const canonicalId = bucket.ownerCanonicalId;
    const column = bucket.ownership === 'BucketOwnerEnforced' ? null : version.acl;
    return {
      canonicalId,
      displayName: bucket.ownerDisplayName,
      versionId: version.version_id,
      acl: readAcl(column, canonicalId),
    };
  }
  const canonicalId = writer.canonical_id;
  return {
    canonicalId,
    displayName: writer.display_name,
    versionId: version.version_id,
    acl: readAcl(version.acl, canonicalId),
  };
}
