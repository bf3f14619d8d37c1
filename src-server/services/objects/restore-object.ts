import { listOlderVersions } from '../../db/tables/object-version.ts';
import { noSuchObject } from '../../domain/absent-object.ts';
import type { ReadConditions } from '../../domain/conditions.ts';
import type { BucketName, ObjectKey, VersionId } from '../../domain/ids.ts';
import { NO_LOCK } from '../../domain/lock.ts';
import { parseStorageClass } from '../../domain/storage-class.ts';
import { requireBucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { copyObject } from './copy-object.ts';
import { deleteObjects } from './delete-objects.ts';
import { headObject } from './head-object.ts';

const NO_CONDITIONS: ReadConditions = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};
/** Markers on top of one key that one restore takes away. */
const MAX_MARKERS = 100;

export interface VersionToRestore {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly versionId: VersionId;
}

/**
 * Makes a version the current one by copying it onto its key, class, tags and metadata with it. No bytes move, whatever its
 * size; the versions in between stay.
 *
 * @throws Failure as `copyObject`
 */
export async function restoreVersion(context: ServiceContext, version: VersionToRestore): Promise<void> {
  const { identity, bucket, key, versionId } = version;
  const wanted = { kind: 'all' } as const;
  const { object } = await headObject(context, { bucket, key, versionId, conditions: NO_CONDITIONS, wanted });
  await copyObject(context, {
    identity,
    bucket,
    key,
    source: { bucket, key, versionId },
    sourceConditions: NO_CONDITIONS,
    condition: { kind: 'none' },
    directives: {
      metadata: undefined,
      tags: undefined,
      redirectLocation: object.system?.['x-amz-website-redirect-location'],
    },
    storageClass: parseStorageClass(object.storageClass),
    encryption: object.envelope === null ? undefined : 'AES256',
    checksumAlgorithm: undefined,
    lock: NO_LOCK,
    limitBytes: Number.POSITIVE_INFINITY,
  });
}

/**
 * Brings a deleted object back by removing the delete markers above its newest version.
 *
 * @throws Failure NoSuchKey where there is no version below, or nothing was deleted
 */
export async function undeleteObject(
  context: ServiceContext,
  { identity, bucket, key }: Omit<VersionToRestore, 'versionId'>,
): Promise<void> {
  const { id } = await requireBucket(context, bucket);
  const newest = await context.catalogue.read((tx) =>
    listOlderVersions(tx, id, key, Number.MAX_SAFE_INTEGER, MAX_MARKERS + 1),
  );
  const firstVersion = newest.findIndex((row) => row.is_marker === 0);
  if (firstVersion <= 0) throw noSuchObject(key, undefined);
  const markers = newest.slice(0, firstVersion);
  const keys = markers.map((row) => ({
    key,
    versionId: row.version_id,
    condition: undefined,
    bypassGovernance: false,
  }));
  const results = await deleteObjects(context, { identity, bucket, keys });
  if (results.some(({ kind }) => kind === 'failed')) throw noSuchObject(key, undefined);
}
