import { Failure } from './failure.ts';
import type { EpochMs, ObjectKey, VersionId } from './ids.ts';

/** The answer where a key has no version, or not the one that was asked for. */
export function noSuchObject(key: ObjectKey, versionId: VersionId | undefined): Failure {
  return versionId === undefined
    ? new Failure('NoSuchKey', undefined, { fields: { Key: key } })
    : new Failure('NoSuchVersion', undefined, { fields: { Key: key, VersionId: versionId } });
}

/**
 * The answer where a delete marker stands: 404 as if there were no object where the key was asked for, 405 where the
 * marker itself was (AWS: "Working with delete markers"). Both say which marker it is.
 *
 * @param isNamed was the marker asked for by its version id?
 * @param modifiedMs for reads of the object, which are then told when it was deleted (AWS: GetObject)
 */
export function deleteMarkerInTheWay(
  key: ObjectKey,
  markerId: VersionId,
  isNamed: boolean,
  modifiedMs?: EpochMs,
): Failure {
  const headers = { 'x-amz-delete-marker': 'true', 'x-amz-version-id': markerId };
  if (!isNamed) return new Failure('NoSuchKey', undefined, { fields: { Key: key }, headers });
  return new Failure('MethodNotAllowed', undefined, {
    fields: { ResourceType: 'DeleteMarker' },
    headers: {
      ...headers,
      Allow: 'DELETE',
      ...(modifiedMs !== undefined && { 'Last-Modified': new Date(modifiedMs).toUTCString() }),
    },
  });
}
