import type { BucketName, ObjectKey } from '../../domain/ids.ts';
import { NO_LOCK } from '../../domain/lock.ts';
import type { ObjectHeaders } from '../../domain/object-headers.ts';
import { parseStorageClass } from '../../domain/storage-class.ts';
import type { UserMetadata } from '../../domain/user-metadata.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';
import { copyObject } from './copy-object.ts';
import { headObject } from './head-object.ts';

export interface NewMetadata {
  readonly identity: Identity;
  readonly bucket: BucketName;
  readonly key: ObjectKey;
  readonly headers: ObjectHeaders;
  readonly userMetadata: UserMetadata | undefined;
}

const NO_CONDITIONS = {
  ifMatch: undefined,
  ifNoneMatch: undefined,
  ifModifiedSinceMs: undefined,
  ifUnmodifiedSinceMs: undefined,
};

/**
 * Replaces type, headers and metadata of an object by copying it onto itself, which is how S3 does it: no bytes move, class, tags
 * and redirect stay, and a bucket that keeps versions gets a new one. Throws as `copyObject`.
 */
export async function replaceMetadata(context: ServiceContext, change: NewMetadata): Promise<void> {
  const { identity, bucket, key, headers, userMetadata } = change;
  const read = { bucket, key, versionId: undefined, conditions: NO_CONDITIONS, wanted: { kind: 'all' } } as const;
  const { object } = await headObject(context, read);
  await copyObject(context, {
    identity,
    bucket,
    key,
    source: { bucket, key, versionId: undefined },
    sourceConditions: NO_CONDITIONS,
    condition: { kind: 'none' },
    directives: {
      metadata: { headers, userMetadata },
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
