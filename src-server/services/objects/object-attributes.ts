import { systemMetadataColumn, tagsColumnOf, userMetadataColumn } from '../../db/tables/object-columns.ts';
import { requireBucketLock } from '../../domain/bucket-lock.ts';
import type { Tag } from '../../domain/bucket-settings.ts';
import type { UserId, VersionId } from '../../domain/ids.ts';
import type { RequestedLock } from '../../domain/lock.ts';
import type { ObjectHeaders } from '../../domain/object-headers.ts';
import type { StorageClass } from '../../domain/storage-class.ts';
import type { UserMetadata } from '../../domain/user-metadata.ts';
import { newVersionId, VERSION_ID_BYTES } from '../../domain/version-id.ts';
import { randomName } from '../../platform/random.ts';
import type { DataKey } from '../../storage/body-store.ts';
import { requireUser } from '../access/require-user.ts';
import type { Bucket } from '../buckets/require-bucket.ts';
import type { ServiceContext } from '../context.ts';
import type { Identity } from '../identity.ts';

/** What a client fixes of an object beside its bytes. */
export interface ObjectAttributes {
  readonly headers: ObjectHeaders;
  readonly userMetadata: UserMetadata | undefined;
  readonly tags: readonly Tag[] | undefined;
  readonly storageClass: StorageClass;
  /** `x-amz-server-side-encryption`; undefined leaves it to the bucket's default. */
  readonly encryption: 'AES256' | undefined;
  /** What the client asks for; the rest is the bucket's default. */
  readonly lock: RequestedLock;
}

/** The columns of `object_version` and `upload` that hold attributes. */
export function attributeColumns(attributes: Pick<ObjectAttributes, 'headers' | 'userMetadata' | 'tags'>) {
  return {
    contentType: attributes.headers.contentType,
    systemMetadata: systemMetadataColumn(attributes.headers.system),
    userMetadata: userMetadataColumn(attributes.userMetadata),
    tags: tagsColumnOf(attributes.tags),
  };
}

/** A fresh data key where the request or the bucket's default asks for encryption. */
export function dataKeyFor(
  context: ServiceContext,
  bucket: Pick<Bucket, 'encryption'>,
  asked: 'AES256' | undefined,
): DataKey | undefined {
  return asked !== undefined || bucket.encryption !== undefined ? context.keys.newDataKey() : undefined;
}

/**
 * Who will own a new object: the bucket's owner where ACLs are off (AWS: "Controlling ownership of objects"), else the
 * writer. Throws AccessDenied for anonymous writers where that is needed.
 */
export function ownerOfNewObject(bucket: Pick<Bucket, 'ownership' | 'ownerId'>, identity: Identity): UserId {
  return bucket.ownership === 'BucketOwnerEnforced' ? bucket.ownerId : requireUser(identity).userId;
}

/** An unused version id. */
export function freshVersionId(): VersionId {
  return newVersionId(randomName(VERSION_ID_BYTES));
}

/** Refuses a lock before the body where the bucket has no Object Lock; the command decides. Throws InvalidRequest. */
export function requireLockPossible(bucket: Pick<Bucket, 'objectLock'>, { retention, legalHold }: RequestedLock): void {
  if (retention !== undefined || legalHold !== undefined) requireBucketLock(bucket.objectLock);
}
