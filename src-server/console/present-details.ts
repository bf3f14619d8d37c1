import type { ObjectDetails } from '../contract/object-details.ts';
import { shownVersionId } from '../domain/versioning.ts';
import type { FoundObject } from '../services/objects/head-object.ts';

/** An object as its details are shown. */
export function presentDetails({ object, versioning }: FoundObject): ObjectDetails {
  const { 'x-amz-website-redirect-location': _, ...headers } = object.system ?? {};
  const { checksum } = object;
  return {
    key: object.key,
    versionId: shownVersionId(versioning, object.versionId) ?? null,
    sizeBytes: object.sizeBytes,
    modifiedAtMs: object.modifiedMs,
    etag: object.etag,
    contentType: object.contentType,
    headers,
    metadata: Object.entries(object.userMetadata ?? {}).map(([name, value]) => ({ name, value })),
    tags: object.tags.map(({ key, value }) => ({ key, value })),
    storageClass: object.storageClass,
    isEncrypted: object.envelope !== null,
    checksum:
      checksum === undefined
        ? null
        : { algorithm: checksum.algorithm, value: checksum.value, isComposite: checksum.type === 'COMPOSITE' },
    partCount: object.partCount,
  };
}
